// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "allocation.hpp"
#include "lives_of_part.hpp"
#include "part_numbers.hpp"
#include "parting_lives.hpp"

#include <utvei/engine/simulate.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace utvei {

/// Follows the people. `answers`: of the queues, to each of them. `tell`: how many more lives are done, from any
/// thread. `others`: runs beside this one; who parts from it there is noted, and what this one counts of them from then
/// on.
PartNumbers follow_lives_of_part(RunPlan const& plan, LivesOfPart const& lives, Answers const& answers,
                                 LifeCourseSelection const& selection, Designs const& designs,
                                 SimulateOptions const& options, std::function<void(std::uint64_t lives)> const& tell,
                                 std::span<PartingLives> others = {});

/// The same, and before it those who have places to give hand them out. Where a measure has a queue, the rows are those
/// of everybody who may ask: who gets a place hangs on all. `others`: those who follow the rest of them at the same
/// time.
PartNumbers follow_part(RunPlan const& plan, LivesOfPart const& lives, LifeCourseSelection const& selection,
                        Designs const& designs, SimulateOptions const& options,
                        std::function<void(std::uint64_t lives)> const& tell, Exchange* others = nullptr);

}  // namespace utvei
