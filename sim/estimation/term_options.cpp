// SPDX-License-Identifier: Apache-2.0
#include "term_options.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

struct Clock {
  std::string_view name;
  Bands EstimateOptions::*bands;
  Bands UnusedBands::*unused;
};
constexpr std::array clocks{Clock{"age", &EstimateOptions::age, &UnusedBands::age},
                            Clock{"time_in_state", &EstimateOptions::time_in_state, &UnusedBands::time_in_state},
                            Clock{"period", &EstimateOptions::period, &UnusedBands::period}};

class TermReader {
 public:
  TermReader(Study const& study, EstimateOptions& options, Diagnostics& diagnostics)
      : study_{study}, options_{options}, diagnostics_{diagnostics} {}

  /// Names of those that can be used; their axes are asked for.
  std::vector<std::string> read_names(Value const& value, std::string_view key) {
    std::vector<std::string> names;
    for (auto const& [name, place] : as_codes(value, key, diagnostics_)) {
      auto const clock = std::ranges::find(clocks, std::string_view{name}, &Clock::name);
      bool const is_good = clock == clocks.end() ? add_trait(name, place) : has_bands(*clock, place);
      if (is_good && std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    used_.insert(used_.end(), names.begin(), names.end());
    return names;
  }

  /// Without `terms` all banded clocks.
  void use_banded_clocks() {
    for (Clock const& clock : clocks) {
      if (!(options_.*clock.bands).empty()) options_.terms.emplace_back(clock.name);
    }
    used_.insert(used_.end(), options_.terms.begin(), options_.terms.end());
  }

  void read_terms_for(Value const& value);
  void read_constraints(Value const& value);

  void drop_unused_bands() {
    for (Clock const& clock : clocks) {
      if (std::ranges::find(used_, clock.name) != used_.end()) continue;
      options_.unused.*clock.unused = std::exchange(options_.*clock.bands, {});
    }
  }

 private:
  bool has_bands(Clock const& clock, Place const& place) {
    if (!(options_.*clock.bands).empty()) return true;
    diagnostics_.error(place, fmt::format("term `{}` has no bands", clock.name), {},
                       fmt::format("write `bands: {{{}: [...]}}`", clock.name));
    return false;
  }
  bool add_trait(std::string const& name, Place const& place);
  std::optional<TransitionId> read_transition(std::string_view name, Place const& place);
  void read_constraint(std::string const& term, Value const& list);
  [[nodiscard]] bool has_term(TransitionId transition, std::string const& term) const;

  Study const& study_;
  EstimateOptions& options_;
  Diagnostics& diagnostics_;
  std::vector<std::string> used_;
};

bool TermReader::add_trait(std::string const& name, Place const& place) {
  auto const trait = study_.model.trait(name);
  if (!trait) {
    auto known = study_.model.trait_names();
    for (Clock const& clock : clocks) known.emplace_back(clock.name);
    diagnostics_.error(place, fmt::format("`{}` is neither a clock nor a trait of the model", name), {},
                       did_you_mean(name, known));
    return false;
  }
  if (!study_.exposure && !study_.knows_trait(*trait)) {
    diagnostics_.error(place, fmt::format("the study has no column for trait `{}`", name), {},
                       fmt::format("add it under `persons`: `traits: [{}]`", name));
    return false;
  }
  if (study_.model.traits[*trait].numeric) {
    diagnostics_.error(place, fmt::format("trait `{}` is a number", name), "cells are made of levels",
                       "give the trait levels in the model");
    return false;
  }
  if (std::ranges::find(options_.traits, *trait) == options_.traits.end()) options_.traits.push_back(*trait);
  return true;
}

std::optional<TransitionId> TermReader::read_transition(std::string_view name, Place const& place) {
  auto const transition = study_.model.transition(name);
  if (!transition) {
    diagnostics_.error(place, fmt::format("the model has no transition `{}`", name), {},
                       did_you_mean(name, study_.model.transition_names()));
  }
  return transition;
}

void TermReader::read_terms_for(Value const& value) {
  if (!value.is_map()) {
    diagnostics_.error(value.place, "`terms_for` is not a map of transitions", {},
                       "write `terms_for: {\"a -> b\": [age]}`");
    return;
  }
  for (Member const& member : value.members) {
    auto const transition = read_transition(member.key, member.key_place);
    auto names = read_names(member.value, member.key);
    if (transition) options_.terms_for.push_back({*transition, std::move(names)});
  }
}

bool TermReader::has_term(TransitionId transition, std::string const& term) const {
  if (term == "region") return options_.region == RegionEffect::fixed;
  auto const own = std::ranges::find(options_.terms_for, transition, &TermsFor::transition);
  auto const& names = own == options_.terms_for.end() ? options_.terms : own->axes;
  return std::ranges::find(names, term) != names.end();
}

/// One list of transitions.
void TermReader::read_constraint(std::string const& term, Value const& list) {
  Constraint constraint{term, {}};
  for (auto const& [name, place] : as_codes(list, "constraints", diagnostics_)) {
    auto const transition = read_transition(name, place);
    if (!transition) continue;
    bool const is_taken = std::ranges::any_of(options_.constraints, [&](Constraint const& other) {
      return other.axis == term && std::ranges::find(other.transitions, *transition) != other.transitions.end();
    });
    if (is_taken || std::ranges::find(constraint.transitions, *transition) != constraint.transitions.end()) {
      diagnostics_.error(place, fmt::format("`{}` stands twice in the constraints of `{}`", name, term),
                         "its coefficient can be the same as those of one list only", "name it in one list");
    } else if (!has_term(*transition, term)) {
      diagnostics_.error(place, fmt::format("`{}` is no term of `{}`", term, name), {},
                         "add it under `terms` or `terms_for`, or take the transition out of the constraint");
    } else {
      constraint.transitions.push_back(*transition);
    }
  }
  if (list.is_list() && list.items.size() == 1) {
    diagnostics_.error(list.place, "a constraint of one transition says nothing", {},
                       "name two transitions or more, which then have one coefficient");
  }
  if (constraint.transitions.size() > 1) options_.constraints.push_back(std::move(constraint));
}

void TermReader::read_constraints(Value const& value) {
  if (!value.is_map()) {
    diagnostics_.error(value.place, "`constraints` is not a map of terms", {},
                       "write `constraints: {sex: [[\"a -> b\", \"b -> c\"]]}`");
    return;
  }
  for (Member const& member : value.members) {
    bool const lists = member.value.is_list() && std::ranges::all_of(member.value.items, &Value::is_list);
    if (!lists) {
      diagnostics_.error(member.value.place,
                         fmt::format("the constraints of `{}` are not lists of transitions", member.key),
                         "each list has the transitions that share its coefficients",
                         fmt::format("write `{}: [[\"a -> b\", \"b -> c\"]]`", member.key));
      continue;
    }
    for (Value const& list : member.value.items) read_constraint(member.key, list);
  }
}

void refuse_constraints(Value const& value, EstimateOptions const& options, Diagnostics& diagnostics) {
  if (is_random(options.region)) {
    diagnostics.error(value.place, "constraints and regions that borrow are not fitted together in this version",
                      "regions that borrow are fitted one transition at a time, each with its own standard deviation",
                      "write `region: fixed` or `none`, or take `constraints` away");
  }
  if (options.method == Method::raw) {
    diagnostics.error(value.place, "raw rates have no coefficients to constrain", {},
                      "write `method: poisson`, or take `constraints` away");
  }
}

}  // namespace

void read_term_options(MapReader& reader, Study const& study, EstimateOptions& options, Diagnostics& diagnostics) {
  TermReader terms{study, options, diagnostics};
  if (Value const* value = reader.optional("terms")) {
    options.terms = terms.read_names(*value, "terms");
  } else {
    terms.use_banded_clocks();
  }
  if (Value const* value = reader.optional("terms_for")) terms.read_terms_for(*value);
  if (Value const* value = reader.optional("constraints")) {
    terms.read_constraints(*value);
    refuse_constraints(*value, options, diagnostics);
  }
  terms.drop_unused_bands();
}

}  // namespace utvei
