// SPDX-License-Identifier: Apache-2.0
#include "pathway_sections.hpp"

#include <fmt/format.h>

namespace utvei {
namespace {

/// Whether the people have what they are asked for; says what they lack.
class PathwayPeople {
 public:
  PathwayPeople(Scenario const& scenario, Population const& people, Diagnostics& diagnostics)
      : scenario_{scenario}, people_{people}, diagnostics_{diagnostics} {}

  void check(Subpopulation const& who, std::string const& name, Place const& place) const {
    if (who.age != everything) check_age(name, place);
    for (std::size_t t = 0; t < who.traits.size(); ++t) {
      bool const is_there = t < people_.traits.size() && !people_.traits[t].empty();
      if (is_there || who.traits[t].empty()) continue;
      std::string const& trait = scenario_.model.traits[TraitId{t}].name;
      diagnostics_.error(place,
                         fmt::format("`{}` asks for trait `{}`, which people of the scenario do not have", name, trait),
                         {}, fmt::format("give `traits.{}` under `population:`, or leave it out here", trait));
    }
  }
  void check_age(std::string const& name, Place const& place) const {
    if (people_.birth.empty())
      diagnostics_.error(place, fmt::format("`{}` asks for ages, which people of the scenario do not have", name), {},
                         "give `age` under `population:`, or leave it out here");
  }

 private:
  Scenario const& scenario_;
  Population const& people_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_people_of_pathways(Scenario const& scenario, Population const& people, Diagnostics& diagnostics) {
  if (!scenario.pathways) return;
  PathwayPeople const with{scenario, people, diagnostics};
  for (NamedPathway const& way : scenario.pathways->ways)
    for (auto const& step : way.steps) with.check(step.who, way.name, way.place);
  for (Incidence const& incidence : scenario.pathways->incidence)
    if (incidence.by_age) with.check_age(incidence.name, incidence.place);
  for (Leaving const& leaving : scenario.pathways->leaving)
    for (auto const& kind : leaving.kinds) with.check(kind.who, leaving.name, leaving.place);
}

}  // namespace utvei
