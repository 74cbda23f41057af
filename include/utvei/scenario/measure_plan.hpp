// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/scenario/measure.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace utvei {

/// How many of the run can take part at a time: places of a measure, or what a resource has room for.
struct PoolPlan {
  struct Step {
    Instant from;
    std::int64_t persons{0};
  };
  std::optional<RegionId> region;  ///< none: everywhere
  std::vector<Step> steps;
  [[nodiscard]] std::int64_t persons_at(Instant time) const;
};
/// Where people of some regions ask for a measure.
struct DeskPlan {
  std::vector<std::size_t> pools;  ///< who begins takes one of each; places among RunPlan::pools
};
inline constexpr std::uint32_t no_desk = std::numeric_limits<std::uint32_t>::max();

/// What an intensity is multiplied by.
struct EffectPlan {
  std::optional<TraitId> by;
  /// [level of the trait][step]: step 0 while people take part, then one for each month after the end; beyond, it is 1.
  std::vector<std::vector<double>> factors;
};
struct ExitEffect {
  std::uint32_t exit{0};    ///< of a state
  std::uint32_t effect{0};  ///< place among the effects of the measure
};
/// By StateId: what the exits of the state are multiplied by.
using EffectsByState = Column<StateId, std::vector<ExitEffect>>;

/// A measure as the engine needs it.
struct MeasurePlan {
  Measure what;
  std::vector<bool> states;                   ///< by StateId: in which people qualify
  std::vector<bool> regions;                  ///< by RegionId; empty: everywhere
  std::vector<std::size_t> not_with;          ///< in both directions
  bool has_queue{false};                      ///< places are few, or handed out at dates: people wait for an answer
  std::vector<DeskPlan> desks;                ///< of a measure with a queue
  std::vector<std::uint32_t> desk_of_region;  ///< by RegionId; empty where all ask at one desk
  std::vector<EffectPlan> effects;            ///< the lock-in is the last, if there is one
  EffectsByState effects_of;                  ///< while people take part and are not locked in, and after
  EffectsByState locks;                       ///< while they are locked in
  EffectsByState unmet_of;                    ///< as long as the need that it helps with is not met
  std::size_t steps{1};                       ///< of the effect that lasts longest
  /// Where people of a region ask; no_desk: there is no service for them.
  [[nodiscard]] std::uint32_t desk_of(RegionId region) const {
    return desk_of_region.empty() ? 0 : desk_of_region[region.value()];
  }
};

}  // namespace utvei
