// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace utvei {

/// Regions whose people may wait for each other. Two are of one catchment where they ask at one desk, at desks that
/// draw on the same places or resource, or through others in between; where people move from region to region, all are.
class Catchments {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  Catchments(RunPlan const& plan, Population const& people, std::size_t regions);

  /// Nobody waits for anybody.
  [[nodiscard]] bool are_none() const { return count_ == 0; }
  /// The number of a region's, in the order of their first regions; none: nobody there waits for anybody.
  [[nodiscard]] std::uint32_t of(RegionId region) const {
    return of_region_.empty() ? everybodys_ : of_region_[region.value()];
  }
  /// By RegionId, the order in which those of one catchment stand together; empty: any order.
  [[nodiscard]] std::vector<std::uint32_t> const& places_of_regions() const { return places_; }
  /// Whether those who wait get their places at given dates alone.
  [[nodiscard]] bool serve_at_dates() const { return serve_at_dates_; }

 private:
  std::vector<std::uint32_t> of_region_, places_;
  std::uint32_t everybodys_{none};
  std::size_t count_{0};
  bool serve_at_dates_{true};
};

}  // namespace utvei
