// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>
#include <utvei/estimation/panel_fit.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace utvei {
namespace {

using Traits = std::vector<TraitId>;

/// Reads the key `estimate` of a panel.
class PanelOptionsReader {
 public:
  PanelOptionsReader(Study const& study, Diagnostics& diagnostics)
      : study_{study}, model_{study.model}, diagnostics_{diagnostics} {
    options_.traits = Column<TransitionId, Traits>{model_.transitions.size()};
    options_.place = study.estimate.is_null() ? study.panel->file_place : study.estimate.place;
  }

  PanelOptions read() {
    if (study_.estimate.is_null()) {
      return options_;
    }
    MapReader reader{study_.estimate, "`estimate`", diagnostics_};
    if (Value const* value = reader.optional("terms")) {
      options_.traits = Column<TransitionId, Traits>{model_.transitions.size(), read_terms(*value, "terms")};
    }
    if (Value const* value = reader.optional("terms_for")) {
      read_terms_for(*value);
    }
    if (Value const* value = reader.optional("cuts")) {
      read_cuts(*value);
    }
    if (Value const* value = reader.optional("constraints")) {
      read_constraints(*value);
    }
    refuse_keys_of_spells(reader);
    reader.finish();
    return std::move(options_);
  }

 private:
  void refuse_keys_of_spells(MapReader& reader) {
    struct OfSpells {
      std::string_view key, why, suggestion;
    };
    static constexpr std::array keys{
        OfSpells{"bands", "looks do not tell when a state was entered, and people have no birth here",
                 "name moments at which intensities change under `cuts`, and let age be a trait that is a number"},
        OfSpells{"region", "one set of intensities is fitted for all regions", "take `region` away"},
        OfSpells{"edges", "one set of intensities is fitted for all regions", "take `edges` away"},
        OfSpells{"sd_prior", "one set of intensities is fitted for all regions", "take `sd_prior` away"},
        OfSpells{"method", "a panel has one method: the likelihood of a Markov process", "take `method` away"},
        OfSpells{"empty_cells", "there are no cells, but one model of all transitions", "take `empty_cells` away"},
        OfSpells{"frailty", "it counts what each person does and when", "take `frailty` away"},
        OfSpells{"limits", "looks do not tell when a state was entered", "take `limits` away"},
        OfSpells{"before_limit", "looks do not tell when a state was entered", "take `before_limit` away"},
        OfSpells{"occupation", "it counts exact times of change", "take `occupation` away"},
    };
    for (auto const& [key, why, suggestion] : keys) {
      if (Value const* value = reader.optional(key)) {
        diagnostics_.error(value->place, fmt::format("`{}` is of spells, and the study has a panel", key),
                           std::string{why}, std::string{suggestion});
      }
    }
  }

  Traits read_terms(Value const& value, std::string_view key) {
    Traits traits;
    for (auto const& [name, place] : as_codes(value, key, diagnostics_)) {
      auto const trait = read_term(name, place);
      if (trait && std::ranges::find(traits, *trait) == traits.end()) {
        traits.push_back(*trait);
      }
    }
    return traits;
  }

  std::optional<TraitId> read_term(std::string const& name, Place const& place) {
    struct Clock {
      std::string_view name, why, suggestion;
    };
    static constexpr std::array clocks{
        Clock{"age", "people have no birth here", "give the age at each look as a trait that is a number"},
        Clock{"time_in_state", "looks do not tell when a state was entered", "take the term away, or find the dates"},
        Clock{"period", "the periods of a panel are those between `cuts`", "write `cuts: [...]`"},
    };
    auto const trait = model_.trait(name);
    auto const clock = std::ranges::find(clocks, name, &Clock::name);
    if (clock != clocks.end()) {
      diagnostics_.error(place, fmt::format("`{}` is no term of a panel", name), std::string{clock->why},
                         std::string{clock->suggestion});
    } else if (!trait) {
      diagnostics_.error(place, fmt::format("`{}` is no trait of the model", name), {},
                         did_you_mean(name, model_.trait_names()));
    } else if (std::ranges::find(study_.persons.traits, *trait, &TraitColumn::trait) == study_.persons.traits.end()) {
      diagnostics_.error(place, fmt::format("the study has no column for trait `{}`", name), {},
                         fmt::format("write `traits: [{}]` in the source, or under `persons`", name));
    } else {
      return trait;
    }
    return std::nullopt;
  }

  std::optional<TransitionId> read_transition(std::string const& name, Place const& place) {
    auto const transition = model_.transition(name);
    if (!transition) {
      diagnostics_.error(place, fmt::format("`{}` is no transition of the model", name), {},
                         did_you_mean(name, model_.transition_names()));
    }
    return transition;
  }

  /// A transition that is named here has these terms in place of `terms`.
  void read_terms_for(Value const& value) {
    if (!value.is_map()) {
      diagnostics_.error(value.place, "`terms_for` is not a map", "it names the terms of some transitions",
                         "write `terms_for: {\"aap -> disability\": [sex]}`");
      return;
    }
    for (Member const& member : value.members) {
      auto const transition = read_transition(member.key, member.key_place);
      auto const traits = read_terms(member.value, "terms_for");
      if (transition) {
        options_.traits[*transition] = traits;
      }
    }
  }

  std::optional<double> read_moment(Value const& value) {
    auto const text = as_text(value, "cuts", diagnostics_);
    if (!text) {
      return std::nullopt;
    }
    if (study_.time.unit_minutes) {
      if (auto const time = parse_panel_time(*text, study_.time)) {
        return time;
      }
    } else if (auto const moment = parse_calendar_point(*text)) {
      return static_cast<double>(moment->minutes) / static_cast<double>(minutes_per_day);
    }
    diagnostics_.error(value.place, fmt::format("`{}` is not a point in time", *text), {},
                       study_.time.unit_minutes ? fmt::format("write a number of {}", study_.time.unit)
                                                : "write a year (2015), a decimal year (2015.5) or a date");
    return std::nullopt;
  }

  void read_cuts(Value const& value) {
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`cuts` is not a list", "intensities change at each of these moments",
                         "write `cuts: [5]`");
      return;
    }
    for (Value const& item : value.items) {
      auto const time = read_moment(item);
      if (!time) {
        continue;
      }
      PanelSource const& panel = *study_.panel;
      if (!options_.cuts.empty() && *time <= options_.cuts.back().time) {
        diagnostics_.error(item.place, "the moments of `cuts` do not rise", {},
                           "write them from the first to the last, each once");
      } else if ((panel.from && *time <= *panel.from) || (panel.to && *time >= *panel.to)) {
        diagnostics_.error(item.place, "the cut lies outside the window", "nothing is seen on its other side",
                           "take it away, or widen `window`");
      } else {
        options_.cuts.push_back({*time, item.scalar});
      }
    }
    if (!study_.time.has_calendar()) {
      diagnostics_.warning(value.place, "the rate file will hold no rates",
                           "they change at `cuts`, and numbers without an origin have no place on the calendar",
                           "write `origin: DATE` under `time` if a model shall use them; tables are not affected");
    }
  }

  void read_constraints(Value const& value) {
    if (!value.is_map()) {
      diagnostics_.error(value.place, "`constraints` is not a map", "it says which transitions share a coefficient",
                         "write `constraints: {sex: [[\"a -> b\", \"b -> c\"]]}`");
      return;
    }
    for (Member const& member : value.members) {
      std::optional<TraitId> trait;
      if (member.key != "period") {
        trait = read_term(member.key, member.key_place);
        if (!trait) {
          continue;
        }
      } else if (options_.cuts.empty()) {
        diagnostics_.error(member.key_place, "there are no periods to share", "the study has no `cuts`",
                           "write `cuts: [...]`, or take the constraint away");
        continue;
      }
      read_groups(member, trait);
    }
  }

  void read_groups(Member const& member, std::optional<TraitId> trait) {
    bool const lists = member.value.is_list() && std::ranges::all_of(member.value.items, &Value::is_list);
    if (!lists || member.value.items.empty()) {
      diagnostics_.error(member.value.place, fmt::format("the constraints of `{}` are not lists in a list", member.key),
                         "the transitions of each inner list share one coefficient",
                         fmt::format("write `{}: [[\"a -> b\", \"b -> c\"]]`", member.key));
      return;
    }
    std::vector<TransitionId> seen;
    for (Value const& group : member.value.items) {
      PanelConstraint constraint{trait, {}};
      for (auto const& [name, place] : as_codes(group, "constraints", diagnostics_)) {
        auto const transition = read_transition(name, place);
        if (transition && may_share(*transition, member.key, trait, place, seen)) {
          constraint.transitions.push_back(*transition);
        }
      }
      if (group.items.size() < 2) {
        diagnostics_.error(group.place, "a constraint needs two transitions or more", {},
                           "add a transition, or take the list away");
      }
      options_.constraints.push_back(std::move(constraint));
    }
  }

  bool may_share(TransitionId transition, std::string const& term, std::optional<TraitId> trait, Place const& place,
                 std::vector<TransitionId>& seen) {
    auto const& name = model_.transitions[transition].name;
    if (std::ranges::find(seen, transition) != seen.end()) {
      diagnostics_.error(place, fmt::format("`{}` stands twice in the constraints of `{}`", name, term),
                         "it has one coefficient", "keep it in one list");
      return false;
    }
    seen.push_back(transition);
    if (trait && std::ranges::find(options_.traits[transition], *trait) == options_.traits[transition].end()) {
      diagnostics_.error(place, fmt::format("`{}` is no term of `{}`", term, name), "it has no coefficient to share",
                         fmt::format("add `{}` to its terms, or take the transition out of the list", term));
      return false;
    }
    return true;
  }

  Study const& study_;
  Model const& model_;
  Diagnostics& diagnostics_;
  PanelOptions options_;
};

}  // namespace

PanelOptions read_panel_options(Study const& study, Diagnostics& diagnostics) {
  return PanelOptionsReader{study, diagnostics}.read();
}

}  // namespace utvei
