// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/regions.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/scenario/patterns.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::string_view other_exits = "other_exits";
/// The rest is for people, limits, trait changes and the labour market.
constexpr std::size_t most_groups = 10;

class RegionFactorsReader {
 public:
  RegionFactorsReader(MapReader& reader, Model const& model, RegionFactors& factors, Diagnostics& diagnostics)
      : reader_{reader}, model_{model}, factors_{factors}, diagnostics_{diagnostics} {}

  void read() {
    if (Value const* name = reader_.required("name")) factors_.name = as_code(*name, "name", diagnostics_).value_or("");
    reader_.required("model");  // for who checks the file alone
    if (Value const* exits = reader_.optional("exits")) {
      read_groups(*exits);
    } else {
      factors_.groups = plain_factors(model_).groups;
    }
    if (Value const* effects = reader_.optional("labour_market")) read_labour_market(*effects);
    if (Value const* breaks = reader_.optional("breaks")) read_breaks(*breaks);
    reader_.finish();
  }

 private:
  void read_groups(Value const& value) {
    if (!value.is_map() || value.members.empty()) {
      diagnostics_.error(value.place, "`exits` is no map of groups by name", {},
                         "exits: {from_work: work -> *, from_aap: aap -> *}");
      return;
    }
    if (value.members.size() > most_groups) {
      diagnostics_.error(value.place, fmt::format("{} groups of exits", value.members.size()),
                         "each doubles the number of worlds that are looked at",
                         fmt::format("write {} groups or fewer", most_groups));
      return;
    }
    std::vector<std::string> owner(model_.transitions.size());
    for (Member const& member : value.members) {
      auto const name = as_code(member, "group", diagnostics_);
      if (!name) continue;
      check_name(*name, member.key_place);
      RateGroup group{*name, read_transition_patterns(member.value, model_, diagnostics_)};
      for (TransitionId const t : group.transitions) {
        if (!owner[t.value()].empty())
          diagnostics_.error(
              member.value.place,
              fmt::format("`{}` is in `{}` and in `{}`", model_.transitions[t].name, owner[t.value()], *name),
              "an exit is exchanged with one group", "leave it out of one of them");
        owner[t.value()] = *name;
      }
      factors_.groups.push_back(std::move(group));
    }
    RateGroup rest{std::string{other_exits}, {}};
    for (TransitionId const t : ids_of(model_.transitions))
      if (owner[t.value()].empty()) rest.transitions.push_back(t);
    if (!rest.transitions.empty()) factors_.groups.push_back(std::move(rest));
  }

  void check_name(std::string const& name, Place const& place) {
    constexpr std::array taken{composition_component,
                               start_component,
                               labour_market_component,
                               services_component,
                               assumed_services_component,
                               limits_component,
                               trait_changes_component,
                               within_component,
                               other_exits};
    if (std::ranges::find(taken, name) != taken.end())
      diagnostics_.error(place, fmt::format("`{}` is the name of another component", name), {},
                         "give the group a name of its own");
  }

  void read_labour_market(Value const& value) {
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`labour_market` is no list of effects of covariates", {},
                         "labour_market: [{covariate: unemployment, transition: unemployed -> work, hazard_ratio: "
                         "0.93}]");
      return;
    }
    for (Value const& item : value.items) read_effect(item);
  }

  void read_effect(Value const& value) {
    MapReader reader{value, "an effect of the labour market", diagnostics_};
    if (!value.is_map()) return;
    LabourMarketEffect effect;
    effect.place = value.place;
    std::string described = "labour_market:";
    if (Value const* covariate = reader.required("covariate")) {
      if (auto const name = as_text(*covariate, "covariate", diagnostics_)) {
        auto const& names = model_.regions.covariate_names;
        auto const found = std::ranges::find(names, *name);
        if (found == names.end())
          diagnostics_.error(covariate->place, fmt::format("the regions file has no covariate `{}`", *name),
                             "numeric columns beside those that it knows are covariates",
                             names.empty() ? "add the column to the regions file" : did_you_mean(*name, names));
        effect.covariate = static_cast<std::size_t>(found - names.begin());
        described += *name;
      }
    }
    if (Value const* transition = reader.required("transition")) {
      effect.transitions = read_transition_patterns(*transition, model_, diagnostics_);
      described += ":" + names_of(effect.transitions, model_);
    }
    if (Value const* ratio = reader.required("hazard_ratio")) {
      effect.ratio = read_uncertain_ratio(*ratio, diagnostics_);
      if (effect.ratio.mean == 0)
        diagnostics_.error(ratio->place, "the hazard ratio is 0",
                           "it holds for each unit of the covariate: no region would have the transition",
                           "write a number above 0");
    }
    reader.finish();
    effect.stream = stream_of(described);
    factors_.labour_market.push_back(std::move(effect));
  }

  void read_breaks(Value const& value) {
    if (!value.is_list()) {
      diagnostics_.error(value.place, "`breaks` is no list", {}, "breaks: [{at: 2018-01-01, why: a new rule}]");
      return;
    }
    for (Value const& item : value.items) {
      MapReader reader{item, "a break", diagnostics_};
      if (!item.is_map()) continue;
      SeriesBreak found;
      found.place = item.place;
      Value const* const at = reader.required("at");
      if (at) found.at = as_date(*at, "at", diagnostics_).value_or(Instant{});
      if (Value const* why = reader.required("why")) found.why = as_text(*why, "why", diagnostics_).value_or("");
      reader.finish();
      factors_.breaks.push_back(std::move(found));
    }
  }

  MapReader& reader_;
  Model const& model_;
  RegionFactors& factors_;
  Diagnostics& diagnostics_;
};

}  // namespace

RegionFactors plain_factors(Model const& model) {
  RegionFactors factors;
  for (TransitionId const t : ids_of(model.transitions)) {
    std::string const& of_state = model.states[model.transitions[t].from].group;
    std::string const name = "exits_from_" + (of_state.empty() ? "other_states" : of_state);
    auto group = std::ranges::find(factors.groups, name, &RateGroup::name);
    if (group == factors.groups.end()) group = factors.groups.insert(factors.groups.end(), {name, {}});
    group->transitions.push_back(t);
  }
  return factors;
}

RegionFactors read_region_factors(std::string const& path, std::vector<Override> const& overrides, Model const& model,
                                  Diagnostics& diagnostics) {
  RegionFactors factors;
  Value const document = read_document(path, overrides, Request{}, diagnostics);
  MapReader reader{document, "the file of factors", diagnostics};
  if (!document.is_map() || !check_format(reader, "regions", diagnostics)) return factors;
  factors.inputs.push_back(path);
  RegionFactorsReader{reader, model, factors, diagnostics}.read();
  return factors;
}

}  // namespace utvei
