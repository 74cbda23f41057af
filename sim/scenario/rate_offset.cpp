// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/random.hpp>
#include <utvei/model/joint_normal.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

bool is_for_some(LogRateOffset const& offset) {
  return !offset.regions.empty() || std::ranges::any_of(offset.traits, [](auto const& l) { return !l.empty(); });
}

}  // namespace

bool is_among(Profiles::Description const& who, std::vector<RegionId> const& regions,
              std::vector<std::vector<std::uint32_t>> const& traits, Regions const& tree) {
  auto const holds_region = [&](RegionId region) { return who.region && tree.is_within(*who.region, region); };
  if (!regions.empty() && std::ranges::none_of(regions, holds_region)) return false;
  for (std::size_t t = 0; t < traits.size(); ++t) {
    auto const& levels = traits[t];
    if (!levels.empty() &&
        (t >= who.traits.size() || !who.traits[t] || std::ranges::find(levels, *who.traits[t]) == levels.end()))
      return false;
  }
  return true;
}

std::vector<std::uint32_t> profiles_within(Profiles const& profiles, Regions const& regions, RegionId region) {
  std::vector<std::uint32_t> within;
  for (std::uint32_t profile = 0; profile < profiles.size(); ++profile) {
    auto const& lives_in = profiles[profile].region;
    if (lives_in && regions.is_within(*lives_in, region)) within.push_back(profile);
  }
  return within;
}

RateOffset offset_in(RunPlan const& plan, Regions const& regions, LogRateOffset const& offset) {
  RateOffset result{offset.transitions, std::nullopt, offset.age, offset.calendar, offset.estimate};
  if (!is_for_some(offset)) return result;
  result.profiles.emplace();
  for (std::uint32_t profile = 0; profile < plan.profiles.size(); ++profile) {
    if (is_among(plan.profiles[profile], offset.regions, offset.traits, regions)) result.profiles->push_back(profile);
  }
  return result;
}

Change change_of(LogRateOffset const& offset) {
  Change change;
  change.transitions = offset.transitions;
  change.regions = offset.regions;
  change.traits = offset.traits;
  change.age = offset.age;
  change.calendar = offset.calendar;
  change.ratio.mean = std::exp(offset.estimate);
  return change;
}

std::vector<Change> changes_of(Scenario const& scenario, Rates const& rates) {
  std::vector<Change> changes = scenario.changes;
  for (FrozenOffsets const& frozen : rates.frozen) {
    for (LogRateOffset const& offset : frozen.offsets) changes.push_back(change_of(offset));
  }
  return changes;
}

std::vector<double> draw_hazard_ratios(Scenario const& scenario, Rates const& rates, std::uint32_t draw) {
  RandomKey const key{scenario.seed, draw, 0};
  std::vector<double> ratios;
  for (Change const& change : scenario.changes) {
    ratios.push_back(draw_ratio(change.ratio, scenario.seed, draw, change.stream));
  }
  for (FrozenOffsets const& frozen : rates.frozen) {
    auto const deviations =
        joint_deviations(frozen.factor, frozen.offsets.size(), key, stream_of("calibration:" + frozen.name));
    for (std::size_t i = 0; i < deviations.size(); ++i)
      ratios.push_back(std::exp(frozen.offsets[i].estimate + deviations[i]));
  }
  return ratios;
}

}  // namespace utvei
