// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan_state.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// The pools of a run, and who asks for which of them.
class PoolPlanner {
 public:
  PoolPlanner(CompileContext const& context, Population const& people);
  /// People of a region ask at one desk, and so do those of others who draw on the same pools.
  void add_desks(Measure const& measure, MeasurePlan& plan);
  [[nodiscard]] std::vector<PoolPlan> take() { return std::move(pools_); }

 private:
  /// Pools of one thing; by RegionId where they are not everybody's.
  struct Drawn {
    std::optional<std::size_t> everywhere;
    std::vector<std::optional<std::size_t>> of_region;
  };
  std::vector<std::int64_t> const& residents();
  std::vector<PoolPlan> rounded(std::vector<Pool> const& pools, std::string const& name, double caseload);
  Drawn add(std::vector<Pool> const& pools, std::string const& name, double caseload);
  static std::uint32_t desk_at(RegionId region, std::vector<Drawn> const& needed, MeasurePlan& plan);

  CompileContext const& context_;
  Population const& people_;
  std::vector<std::int64_t> residents_;
  std::vector<Drawn> resources_;
  std::vector<PoolPlan> pools_;
};

}  // namespace utvei
