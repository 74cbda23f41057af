// SPDX-License-Identifier: Apache-2.0
#include <utvei/cohort/cohorts.hpp>
#include <utvei/core/contract.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <span>

namespace utvei {
namespace {

/// What tells one person's future from another's.
struct Future {
  std::uint32_t profile;
  std::int64_t births, entries;  ///< stretches of time
  StateId state;
  std::int64_t time_in_state;
  Instant birth, enters;
  friend auto operator<=>(Future const&, Future const&) = default;
};

std::int64_t stretch_of(std::int64_t minutes, Duration width) {
  if (width.minutes == 0) return minutes;
  std::int64_t const whole = minutes / width.minutes;
  return minutes % width.minutes < 0 ? whole - 1 : whole;
}

/// Those who are there from the start are a stretch of their own.
std::int64_t stretch_of_entry(Duration after_start, Duration width) {
  return after_start.minutes == 0 ? -1 : stretch_of(after_start.minutes - 1, width);
}

std::vector<Future> futures_of(RunPlan const& plan, Population const& people, Duration width) {
  std::vector<Future> futures;
  futures.reserve(people.size());
  std::vector<std::uint16_t> levels(people.traits.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    PersonRow const row{i};
    for (std::size_t t = 0; t < levels.size(); ++t)
      levels[t] = people.traits[t].empty() ? std::uint16_t{0} : people.traits[t][row];
    RegionId const region = people.region.empty() ? RegionId{} : people.region[row];
    Instant const birth = people.birth.empty() ? Instant{} : people.birth[row];
    Instant const enters = people.enters.empty() ? plan.start : people.enters[row];
    futures.push_back({plan.profiles.find(region, levels), stretch_of(birth.minutes, width),
                       stretch_of_entry(enters - plan.start, width), people.state[row],
                       people.time_in_state.empty() ? 0 : people.time_in_state[row].minutes, birth, enters});
  }
  std::ranges::sort(futures);
  return futures;
}

/// The mean of a moment, about the first of them, so that the sum stays small.
Instant mean_of(std::span<Future const> together, Instant Future::*moment) {
  std::int64_t later = 0;
  for (Future const& person : together) later += (person.*moment - together.front().*moment).minutes;
  return together.front().*moment + Duration{later / static_cast<std::int64_t>(together.size())};
}

Cohort cohort_of(std::span<Future const> together) {
  Cohort cohort{together.front().profile, mean_of(together, &Future::birth), mean_of(together, &Future::enters), {}};
  for (Future const& person : together) {
    Duration const time{person.time_in_state};
    if (cohort.starts.empty() || cohort.starts.back().state != person.state ||
        cohort.starts.back().time_in_state != time)
      cohort.starts.push_back({person.state, time, 0});
    cohort.starts.back().people += 1;
  }
  return cohort;
}

}  // namespace

std::vector<Cohort> group_people(RunPlan const& plan, Population const& people, Duration width) {
  UTVEI_EXPECT(width.minutes >= 0);
  std::vector<Future> const futures = futures_of(plan, people, width);
  std::vector<Cohort> cohorts;
  for (auto first = futures.begin(); first != futures.end();) {
    auto const last = std::find_if(first, futures.end(), [&](Future const& other) {
      return other.profile != first->profile || other.births != first->births || other.entries != first->entries;
    });
    cohorts.push_back(cohort_of({first, last}));
    first = last;
  }
  return cohorts;
}

}  // namespace utvei
