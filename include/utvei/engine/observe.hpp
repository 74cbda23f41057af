// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/random.hpp>
#include <utvei/model/regions.hpp>
#include <utvei/observation/observation.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

__extension__ using Wide = __int128;

/// What operators counted in simulated lives. People are split into groups by a hash of their key: groups differ by
/// luck alone, so their spread says how sure a sum is.
struct ObservedLives {
  struct Sums {
    std::vector<std::int64_t> part, whole;  ///< [group][bin]
    /// Sums over lives of part and whole times the scores of the offsets, in units of 2^-20: [bin][offset].
    std::vector<Wide> part_by_score, whole_by_score;
    std::vector<Wide> score;  ///< [offset]: of the lives until the last moment that the operator looks at
  };
  std::vector<Sums> of;               ///< by observation
  std::vector<std::int64_t> persons;  ///< by group
  std::size_t groups{0};

  /// Over all groups.
  [[nodiscard]] std::vector<double> part(std::size_t observation) const;
  [[nodiscard]] std::vector<double> whole(std::size_t observation) const;
  void add(ObservedLives const& other);
};

/// A published number as the simulation gives it.
struct ObservedNumber {
  double value{0};
  double mc_se{0};                 ///< of the luck of the simulation, from the groups
  std::vector<double> derivative;  ///< by offset
};
ObservedNumber number_of(Observation const& observation, std::size_t place, ObservedLives const& lives, double weight);

struct ObserveOptions {
  std::size_t threads{0};
  std::uint32_t groups{100};
  StopFlag const* stop{nullptr};
};

/// Follows each person through the plan once, and looks at the lives. With offsets, which the plan holds already, also
/// at their scores. The same numbers for any number of threads.
ObservedLives observe_lives(RunPlan const& plan, Population const& people, Regions const& regions, RandomKey const& key,
                            std::vector<Observation> const& observations, std::vector<RateOffset> const& offsets,
                            ObserveOptions const& options);

}  // namespace utvei
