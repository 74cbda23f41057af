// SPDX-License-Identifier: Apache-2.0
#include "moment.hpp"

#include <algorithm>

namespace utvei {
namespace {

template <class T>
T value_at(Timeline<T> const& line, PersonRow person, Instant moment, T unknown) {
  auto const first = line.from.begin() + static_cast<std::ptrdiff_t>(line.first[person.value()]);
  auto const last = line.from.begin() + static_cast<std::ptrdiff_t>(line.first[person.value() + 1]);
  auto const after = std::upper_bound(first, last, moment);
  return after == first ? unknown : line.value[static_cast<std::size_t>(after - line.from.begin()) - 1];
}

}  // namespace

RegionId region_at(RegisterPersons const& persons, PersonRow person, Instant moment) {
  return persons.residence.empty() ? persons.region[person]
                                   : value_at(persons.residence, person, moment, unknown_region);
}

std::uint16_t level_at(RegisterPersons const& persons, TraitId trait, PersonRow person, Instant moment) {
  auto const& fixed = persons.traits[trait.value()];
  return fixed.empty() ? value_at(persons.traits_over_time[trait.value()], person, moment, unknown_level)
                       : fixed[person];
}

std::optional<StayThen> stay_at(LifeCourses const& lives, PersonRow person, Instant moment, Instant window_end) {
  std::size_t const first = lives.first_spell[person.value()];
  std::size_t last = lives.first_spell[person.value() + 1];
  while (last > first && lives.enter[SpellId{last - 1}] > moment) --last;
  if (last == first) return std::nullopt;
  SpellId const spell{last - 1};
  StayThen const stay{lives.state[spell], lives.entered[spell], lives.entry_known[spell]};
  if (lives.leave[spell] > moment) return stay;
  if (lives.leave[spell] < moment || moment != window_end) return std::nullopt;
  // At the very end of the window: what came next, if that is known.
  return lives.next[spell] ? StayThen{*lives.next[spell], moment} : stay;
}

}  // namespace utvei
