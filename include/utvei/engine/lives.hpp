// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace utvei {

/// A part of a life in which state, region and traits stay the same.
struct LifeStretch {
  Instant from, to;
  StateId state;
  RegionId region;             ///< any if nobody has one
  std::size_t first_level{0};  ///< of its traits, among the levels of the life
};

/// A life from the moment at which the person joins the run to its end, as stretches without holes.
struct FollowedLife {
  PersonRow row;
  PersonKey person;
  Instant birth;  ///< any moment if nothing depends on age
  std::span<LifeStretch const> stretches;
  std::span<std::uint16_t const> levels;  ///< of all stretches
  std::size_t traits{0};
  /// Level by TraitId during a stretch.
  [[nodiscard]] std::span<std::uint16_t const> levels_of(LifeStretch const& stretch) const {
    return levels.subspan(stretch.first_level, traits);
  }
};

/// Called once for each person, from any thread (0 … threads-1), in any order. The life is valid during the call.
using LifeVisitor = std::function<void(FollowedLife const& life, std::size_t thread)>;

/// Follows everybody and shows each life whole. The lives are those that simulate() gives the same people under the
/// same key. Throws Interrupted when `stop` is raised.
void follow_lives(RunPlan const& plan, Population const& people, RandomKey const& key, std::size_t threads,
                  StopFlag const* stop, LifeVisitor const& visit);

}  // namespace utvei
