// SPDX-License-Identifier: Apache-2.0
#include <utvei/run/same_people.hpp>

#include <algorithm>

namespace utvei {
namespace {

bool same_shares(Shares const& a, Shares const& b) {
  return std::ranges::equal(a.items, b.items, [](Shares::Item const& x, Shares::Item const& y) {
    return x.value == y.value && x.weight == y.weight;
  });
}

bool same_spec(PopulationSpec const& a, PopulationSpec const& b) {
  return a.persons == b.persons && a.file == b.file && a.data_class == b.data_class && same_shares(a.state, b.state) &&
         same_shares(a.age, b.age) && same_shares(a.region, b.region) &&
         same_shares(a.time_in_state, b.time_in_state) && std::ranges::equal(a.traits, b.traits, same_shares);
}

bool same_demography(Demography const& a, Demography const& b) {
  return std::ranges::equal(a.entrants, b.entrants, [](Entrants const& x, Entrants const& y) {
    auto const text = [](auto const& given) { return given ? given->first : std::string{}; };
    auto const day = [](auto const& at) { return at ? at->month * 100 + at->day : 0U; };
    return x.kind == y.kind && x.file == y.file && text(x.state) == text(y.state) && text(x.age) == text(y.age) &&
           day(x.at) == day(y.at);
  });
}

}  // namespace

bool have_same_people(Scenario const& a, Scenario const& b) {
  return a.model.path == b.model.path && a.start == b.start && a.end == b.end &&
         same_spec(a.population, b.population) && same_demography(a.demography, b.demography);
}

}  // namespace utvei
