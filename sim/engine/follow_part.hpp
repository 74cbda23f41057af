// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "allocation.hpp"
#include "part_numbers.hpp"

#include <utvei/engine/simulate.hpp>

#include <cstdint>
#include <functional>
#include <span>

namespace utvei {

/// Follows people through one draw and replicate. Where a measure has a queue, `rows` are those of everybody: who gets
/// a place hangs on all. `tell`: how many more lives are done, from any thread.
PartNumbers follow_part(RunPlan const& plan, Population const& people, std::span<PersonRow const> rows,
                        RandomKey const& key, LifeCourseSelection const& selection, Designs const& designs,
                        SimulateOptions const& options, std::function<void(std::uint64_t lives)> const& tell);

}  // namespace utvei
