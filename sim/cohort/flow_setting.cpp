// SPDX-License-Identifier: Apache-2.0
#include "flow_setting.hpp"

#include <algorithm>

namespace utvei {

std::vector<std::int64_t> breaks_of(FlowSetting const& setting, Cohort const& cohort) {
  std::vector<std::int64_t> ends{setting.plan.end.minutes};
  auto const by_calendar = [&](std::int64_t at) { ends.push_back(at); };
  auto const by_age = [&](std::int64_t age) {
    if (age < distant_future.minutes) ends.push_back(cohort.birth.minutes + age);
  };
  for (Instant const time : setting.query.times) by_calendar(time.minutes);
  for (Instant const time : setting.query.periods) by_calendar(time.minutes);
  for (Duration const age : setting.query.age_groups) by_age(age.minutes);
  for (StatePlan const& state : setting.plan.states) {
    std::ranges::for_each(state.calendar.cuts, by_calendar);
    std::ranges::for_each(state.age.cuts, by_age);
  }
  for (Instant const time : rule_times(setting.ladder, cohort.birth)) by_calendar(time.minutes);
  for (auto const& uses : setting.offsets.of_transition) {
    for (auto const& use : uses) {
      by_calendar(use.offset->calendar.from);
      by_calendar(use.offset->calendar.to);
      by_age(use.offset->age.from);
      by_age(use.offset->age.to);
    }
  }
  // Nobody entered before the start, which shows at the ends of bands.
  for (Compartment const& compartment : setting.ladder.compartments)
    if (!compartment.is_open()) by_calendar(cohort.start.minutes + compartment.from + compartment.width);
  std::ranges::sort(ends);
  auto const repeated = std::ranges::unique(ends);
  ends.erase(repeated.begin(), repeated.end());
  std::erase_if(ends, [&](std::int64_t end) { return end <= cohort.start.minutes || end > setting.plan.end.minutes; });
  return ends;
}

}  // namespace utvei
