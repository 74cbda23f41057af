// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "allocation.hpp"
#include "lives_of_part.hpp"
#include "part_numbers.hpp"
#include "plan_differences.hpp"

#include <utvei/engine/simulate.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace utvei {

/// Which of several other plans the life of each person may be another under: a bit for each plan, by place among the
/// rows.
struct PartingLives {
  std::vector<PlanDifferences> plans;
  std::vector<std::uint32_t> of_row;
};

/// Follows the people. `answers`: of the queues, to each of them. `tell`: how many more lives are done, from any
/// thread. `partings`: nobody asks where it is null.
PartNumbers follow_lives_of_part(RunPlan const& plan, LivesOfPart const& lives, Answers const& answers,
                                 LifeCourseSelection const& selection, Designs const& designs,
                                 SimulateOptions const& options, std::function<void(std::uint64_t lives)> const& tell,
                                 PartingLives* partings = nullptr);

/// The same, and before it those who have places to give hand them out. Where a measure has a queue, the rows are those
/// of everybody who may ask: who gets a place hangs on all. `others`: those who follow the rest of them at the same
/// time.
PartNumbers follow_part(RunPlan const& plan, LivesOfPart const& lives, LifeCourseSelection const& selection,
                        Designs const& designs, SimulateOptions const& options,
                        std::function<void(std::uint64_t lives)> const& tell, Exchange* others = nullptr);

}  // namespace utvei
