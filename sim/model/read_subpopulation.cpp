// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/model.hpp>
#include <utvei/model/subpopulation.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

std::vector<std::uint32_t> read_levels(Member const& member, Trait const& trait, Diagnostics& diagnostics) {
  std::vector<std::uint32_t> levels;
  if (trait.numeric) {
    diagnostics.error(member.key_place, fmt::format("trait `{}` is a number", trait.name),
                      "people are picked by the levels of a trait", "use a trait that has levels");
    return levels;
  }
  if (member.value.is_list() && member.value.items.empty()) {
    diagnostics.error(member.value.place, fmt::format("no level of trait `{}`", trait.name), {},
                      "leave the trait out to mean all levels");
  }
  for (auto const& [name, place] : as_codes(member.value, trait.name, diagnostics)) {
    auto const found = std::find(trait.levels.begin(), trait.levels.end(), name);
    if (found == trait.levels.end()) {
      diagnostics.error(place, fmt::format("no level `{}` of trait `{}`", name, trait.name), {},
                        did_you_mean(name, trait.levels));
    } else {
      levels.push_back(static_cast<std::uint32_t>(found - trait.levels.begin()));
    }
  }
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

}  // namespace

std::vector<bool> read_states_of(Value const& value, std::string_view what, Model const& model,
                                 Diagnostics& diagnostics) {
  std::vector<bool> states(model.states.size());
  if (value.is_list() && value.items.empty())
    diagnostics.error(value.place, fmt::format("`{}` is an empty list", what), {}, "name at least one state");
  for (auto const& [name, place] : as_codes(value, what, diagnostics)) {
    if (auto const state = model.state(name)) {
      states[state->value()] = true;
    } else {
      diagnostics.error(place, fmt::format("unknown state `{}`", name), "", did_you_mean(name, model.state_names()));
    }
  }
  return states;
}

std::vector<RegionId> read_region_codes(Value const& value, Model const& model, Diagnostics& diagnostics) {
  std::vector<RegionId> regions;
  if (model.regions.empty()) {
    diagnostics.error(value.place, "the model names no regions", {},
                      "add `regions: regions.csv` to the model, or leave `region` out");
    return regions;
  }
  auto const codes = as_codes(value, "region", diagnostics);
  if (value.is_list() && value.items.empty()) {
    diagnostics.error(value.place, "`region` is an empty list", {}, "leave `region` out to mean everywhere");
  }
  for (auto const& [code, place] : codes) {
    if (auto const region = model.regions.find(code)) {
      regions.push_back(*region);
    } else {
      diagnostics.error(place, fmt::format("no region `{}` in the model", code), {}, model.regions.advice_for(code));
    }
  }
  return regions;
}

Span read_age_span(Value const& value, Diagnostics& diagnostics) {
  MapReader reader{value, "age", diagnostics};
  Span span = everything;
  Value const* from = reader.optional("from");
  Value const* to = reader.optional("to");
  reader.finish();
  if (!value.is_map()) return span;
  if (!from && !to) diagnostics.error(value.place, "`age` has neither `from` nor `to`", {}, "write {from: 18, to: 30}");
  if (from) {
    auto const years = as_number_at_least(*from, 0, "from", diagnostics);
    if (years) span.from = duration_of_years(*years).minutes;
  }
  if (to) {
    auto const years = as_number_at_least(*to, 0, "to", diagnostics);
    if (years) span.to = duration_of_years(*years).minutes;
  }
  if (span.from >= span.to) {
    diagnostics.error(to ? to->place : value.place, "the ages end before they begin", {}, "write {from: 18, to: 30}");
  }
  return span;
}

std::vector<std::vector<std::uint32_t>> read_levels_of_traits(Value const& value, Model const& model,
                                                              Diagnostics& diagnostics) {
  std::vector<std::vector<std::uint32_t>> levels(model.traits.size());
  if (!value.is_map()) {
    diagnostics.error(value.place, "`traits` must be a map", {}, "write traits: {education: [basic]}");
    return levels;
  }
  for (Member const& member : value.members) {
    if (auto const trait = model.trait(member.key)) {
      levels[trait->value()] = read_levels(member, model.traits[*trait], diagnostics);
    } else {
      diagnostics.error(member.key_place, fmt::format("no trait `{}` in the model", member.key), {},
                        did_you_mean(member.key, model.trait_names()));
    }
  }
  return levels;
}

}  // namespace utvei
