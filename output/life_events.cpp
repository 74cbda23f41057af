// SPDX-License-Identifier: Apache-2.0
#include "life_events.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <vector>

namespace utvei {
namespace {

/// What a person's region and traits are at first, in the order of LifeCourseChanges::what_names.
void start_values(LifeCoursePeople const& people, std::size_t row, std::vector<std::uint32_t>& values) {
  std::size_t at = 0;
  if (!people.region.empty() && !values.empty()) values[at++] = people.region[row];
  for (auto const& trait : people.traits) {
    if (at < values.size()) values[at++] = trait.level[row];
  }
}

/// Whether a change is of the person of an event, and not after it.
bool is_before_event(LifeCourseTable const& lives, std::size_t change, std::size_t event) {
  auto const& changes = lives.changes;
  return change < changes.person.size() && changes.person[change] == lives.person[event] &&
         changes.time[change] <= lives.time[event];
}

/// One whose `from` and `to` are codes or levels, and whose cause says what they are of.
LifeEvent change_as_event(LifeCourseTable const& lives, std::size_t i, std::vector<std::uint32_t>& before) {
  auto const& changes = lives.changes;
  std::string const& name = changes.what_names[changes.what[i]];
  auto const trait = std::ranges::find(lives.people.traits, name, &LifeCoursePeople::Trait::name);
  bool const is_region = changes.what[i] == 0 && !lives.people.region_codes.empty();
  auto const& labels = is_region ? lives.people.region_codes : trait->levels;
  std::uint32_t& value = before[changes.what[i]];
  LifeEvent const event{changes.person[i], changes.time[i], labels[value], labels[changes.value[i]], name};
  value = changes.value[i];
  return event;
}

}  // namespace

void for_each_life_event(RunResult const& result, std::function<void(LifeEvent const&)> const& visit) {
  if (!result.life_courses)
    throw InputError(Fault::data, {}, "the result holds no life courses", {},
                     "run the scenario with `life_courses: all` or `life_courses: {sample: 1000}`");
  LifeCourseTable const& lives = *result.life_courses;
  std::size_t change = 0;
  std::vector<std::uint32_t> before(lives.changes.what_names.size());
  for (std::size_t i = 0, row = 0; i < lives.person.size(); ++i) {
    if (i == 0 || lives.person[i] != lives.person[i - 1]) start_values(lives.people, row++, before);
    for (; is_before_event(lives, change, i); ++change) visit(change_as_event(lives, change, before));
    visit({lives.person[i], lives.time[i], lives.states[lives.from[i]], lives.states[lives.to[i]],
           lives.causes[lives.cause[i]]});
  }
}

}  // namespace utvei
