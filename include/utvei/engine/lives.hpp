// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/random.hpp>
#include <utvei/observation/life_path.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <functional>

namespace utvei {

/// Called once for each person who joins the run before it ends, from any thread (0 … threads-1), in any order. The
/// life is valid during the call.
using LifeVisitor = std::function<void(LifePath const& life, std::size_t thread)>;

/// Follows everybody and shows each life whole. The lives are those that simulate() gives the same people under the
/// same key. Throws Interrupted when `stop` is raised.
void follow_lives(RunPlan const& plan, Population const& people, RandomKey const& key, std::size_t threads,
                  StopFlag const* stop, LifeVisitor const& visit);

}  // namespace utvei
