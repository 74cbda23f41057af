// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// Where everybody is at each of `times`, which rise and lie after the start of the plan and not after its end: states
/// by person, then time. Somebody who changes state at that very time is in the new one. The lives are those that
/// simulate() gives the same people under the same key; the same for any number of threads (0: all). Throws Interrupted
/// when `stop` is raised.
std::vector<StateId> follow(RunPlan const& plan, Population const& people, RandomKey const& key,
                            std::vector<Instant> const& times, std::size_t threads, StopFlag const* stop);

}  // namespace utvei
