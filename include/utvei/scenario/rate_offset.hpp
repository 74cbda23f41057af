// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/model/regions.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace utvei {

/// Adds `value` to the log intensity of transitions, for some people and some of the time. Offsets that meet add up.
struct RateOffset {
  std::vector<TransitionId> transitions;
  std::optional<std::vector<std::uint32_t>> profiles{};  ///< rising; none: everybody. See profiles_within
  Span age{everything};
  Span calendar{everything};
  double value{0};
};

/// The profiles whose region is `region` or lies below it, rising. None where nothing in the plan is by region: then
/// profiles have no region.
std::vector<std::uint32_t> profiles_within(Profiles const& profiles, Regions const& regions, RegionId region);

/// Whether people of a profile live in one of the regions (none: anywhere), and have one of the levels of each trait.
bool is_among(Profiles::Description const& who, std::vector<RegionId> const& regions,
              std::vector<std::vector<std::uint32_t>> const& traits, Regions const& tree);

/// The same offset for the profiles of a plan. Where it is for some regions or levels, these must be among what the
/// plan's profiles tell apart.
RateOffset offset_in(RunPlan const& plan, Regions const& regions, LogRateOffset const& offset);

/// The same offset as a change of a scenario.
Change change_of(LogRateOffset const& offset);

/// What multiplies the intensities of a scenario: its changes, then the offsets that its rates were calibrated by.
std::vector<Change> changes_of(Scenario const& scenario, Rates const& rates);
/// By place among those: the hazard ratios of parameter draw `draw`, which is the same whatever the number of draws.
/// Offsets of one calibration are drawn together.
std::vector<double> draw_hazard_ratios(Scenario const& scenario, Rates const& rates, std::uint32_t draw);

}  // namespace utvei
