// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/random.hpp>
#include <utvei/scenario/people_classes.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace utvei {
namespace {

void give_people(Population& people, std::size_t trait, double share, std::uint32_t seed) {
  RandomKey const key{seed, 0, 0};
  StreamId const stream = stream_of("class of people");
  Column<PersonRow, std::uint16_t> classes;
  classes.reserve(people.size());
  for (PersonKey const person : people.key) {
    classes.push_back(static_cast<std::uint16_t>(uniform(key, person, stream, 0) < share ? 1 : 0));
  }
  people.traits.resize(trait);
  people.traits.push_back(std::move(classes));
}

void set_class(Rate& rate, std::size_t trait, std::uint32_t of, double factor) {
  rate.box.traits.resize(trait + 1);
  rate.box.traits[trait] = of;
  rate.rate_per_year *= factor;
}

/// A row for each class. Both are the same draw of the rate.
void give_rates(Rates& rates, Model const& model, std::size_t trait) {
  PeopleClasses const& classes = *rates.classes;
  std::size_t const rows = rates.rates.size();
  for (std::size_t i = 0; i < rows; ++i) {
    TransitionId const transition = rates.rates[i].transition;
    Transition const& of = model.transitions[transition];
    bool const is_concerned = std::ranges::find(classes.transitions, transition) != classes.transitions.end();
    // A constant or a table of the model's own says nothing of classes.
    if (!is_concerned || of.rate_per_year || of.table) continue;
    Rate second = rates.rates[i];
    second.drawn_as = static_cast<std::uint32_t>(i);
    set_class(rates.rates[i], trait, 0, classes.level);
    set_class(second, trait, 1, classes.level * std::exp(classes.log_ratio));
    rates.rates.push_back(std::move(second));
  }
}

}  // namespace

void give_classes(Scenario& scenario, Rates& rates, Population& people) {
  UTVEI_EXPECT(rates.classes.has_value());
  std::size_t const trait = scenario.model.traits.size();
  scenario.model.traits.push_back({"class of people", false, {"1", "2"}, {}, true});
  give_people(people, trait, rates.classes->share, scenario.seed);
  give_rates(rates, scenario.model, trait);
}

}  // namespace utvei
