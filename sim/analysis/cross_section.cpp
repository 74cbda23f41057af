// SPDX-License-Identifier: Apache-2.0
#include "moment.hpp"

#include <utvei/analysis/cross_section.hpp>

#include <vector>

namespace utvei {

CrossSection cross_section(LifeCourses const& lives, Model const& model, Instant date, Instant window_end) {
  CrossSection section;
  Population& people = section.people;
  RegisterPersons const& persons = lives.persons;
  people.traits.resize(model.traits.size());
  people.numbers.resize(model.traits.size());
  people.data_class = lives.data_class;
  std::vector<TraitId> traits;
  for (TraitId const trait : ids_of(model.traits))
    if (!model.traits[trait].numeric && persons.knows_trait(trait)) traits.push_back(trait);
  for (std::size_t p = 0; p < persons.size(); ++p) {
    PersonRow const person{p};
    auto const stay = stay_at(lives, person, date, window_end);
    if (!stay) continue;
    RegionId const region = persons.knows_region() ? region_at(persons, person, date) : RegionId{};
    bool is_known = region != unknown_region;
    for (TraitId const trait : traits) is_known = is_known && level_at(persons, trait, person, date) != unknown_level;
    if (!is_known) {
      ++section.unknown;
      continue;
    }
    section.entry_unknown += stay->entry_known ? 0U : 1U;
    people.key.push_back(PersonKey{mix64(p + 1)});
    people.state.push_back(stay->state);
    people.time_in_state.push_back(date - stay->entered);
    if (persons.knows_region()) people.region.push_back(region);
    if (!persons.birth.empty()) people.birth.push_back(persons.birth[person]);
    for (TraitId const trait : traits) people.traits[trait.value()].push_back(level_at(persons, trait, person, date));
  }
  return section;
}

}  // namespace utvei
