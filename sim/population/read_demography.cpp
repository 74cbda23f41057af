// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"
#include "read_moves.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/document/stock_dates.hpp>
#include <utvei/population/demography.hpp>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

class DemographyReader {
 public:
  DemographyReader(Value const& value, Model& model, Diagnostics& diagnostics)
      : model_{model}, diagnostics_{diagnostics}, reader_{value, "the demography", diagnostics} {}

  Demography read() {
    read_comers("entrants", Entrants::Kind::entrants);
    read_comers("arrivals", Entrants::Kind::arrivals);
    read_leavers("deaths", "dead");
    read_leavers("departures", "abroad");
    if (auto const* moves = reader_.optional("moves")) {
      demography_.moves = read_moves(*moves, model_, demography_, diagnostics_);
      check_streams(moves->place);
    }
    if (auto const* outside = reader_.optional("outside")) read_outside(*outside);
    reader_.finish();
    return std::move(demography_);
  }

 private:
  /// A table, a map with one, or a list of either.
  void read_comers(std::string_view key, Entrants::Kind kind) {
    auto const* value = reader_.optional(key);
    if (value == nullptr) return;
    if (!value->is_list()) return read_table(*value, key, kind);
    for (Value const& item : value->items) read_table(item, key, kind);
  }

  void read_table(Value const& value, std::string_view key, Entrants::Kind kind) {
    Entrants table;
    table.kind = kind;
    table.place = value.place;
    if (value.is_map()) {
      MapReader reader{value, fmt::format("`{}`", key), diagnostics_};
      auto const* file = reader.required("file");
      if (auto const* state = reader.optional("state")) table.state = attribute(*state, "state");
      if (auto const* age = reader.optional("age")) table.age = attribute(*age, "age");
      if (auto const* at = reader.optional("at")) table.at = day_of(*at);
      reader.finish();
      if (file == nullptr || !as_text(*file, "file", diagnostics_)) return;
      table.place = file->place;
      table.file = path_beside(*file);
    } else {
      if (!as_text(value, key, diagnostics_)) return;
      table.file = path_beside(value);
    }
    demography_.inputs.push_back(table.file);
    demography_.entrants.push_back(std::move(table));
  }

  std::optional<std::pair<std::string, Place>> attribute(Value const& value, std::string_view what) {
    auto const text = what == "age" ? as_text(value, what, diagnostics_) : as_code(value, what, diagnostics_);
    if (!text) return std::nullopt;
    return std::pair{*text, value.place};
  }

  std::optional<MonthDay> day_of(Value const& value) {
    Value list;
    list.kind = Value::Kind::list;
    list.place = value.place;
    list.items.push_back(value);
    auto const days = as_stock_dates(list, diagnostics_);
    return days.empty() ? std::nullopt : std::optional{days.front()};
  }

  /// `deaths: deaths.csv`, or `{to: dead, rates: deaths.csv}`.
  void read_leavers(std::string_view key, std::string_view usual) {
    auto const* value = reader_.optional(key);
    if (value == nullptr) return;
    Value const* rates = value;
    std::optional<StateId> to;
    Place to_place = value->place;
    std::string name{usual};
    if (value->is_map()) {
      MapReader reader{*value, fmt::format("`{}`", key), diagnostics_};
      if (auto const* state = reader.optional("to")) {
        name = as_code(*state, "to", diagnostics_).value_or(name);
        to_place = state->place;
      }
      rates = reader.required("rates");
      reader.finish();
    }
    if (rates == nullptr || !as_text(*rates, "rates", diagnostics_)) return;
    to = model_.state(name);
    if (!to) {
      diagnostics_.error(
          to_place, fmt::format("no state `{}` in the model", name),
          fmt::format("`{}` are transitions to a state", key),
          fmt::format("say which: {}: {{to: STATE, rates: FILE}}; {}", key, did_you_mean(name, model_.state_names())));
      return;
    }
    give_table(*to, path_beside(*rates), rates->place, key);
  }

  void give_table(StateId to, std::string const& path, Place const& place, std::string_view key) {
    bool any = false;
    for (Transition& transition : model_.transitions) {
      if (transition.to != to || transition.rate_per_year || transition.table) continue;
      transition.table = path;
      transition.table_place = place;
      any = true;
    }
    if (any) return;
    std::string const& name = model_.states[to].name;
    diagnostics_.error(place, fmt::format("no transition to `{}` takes its rate from here", name),
                       fmt::format("`{}` are for transitions of the model that have no rate of their own", key),
                       fmt::format("add `- {{from: \"*\", to: {}}}` to the transitions of the model", name));
  }

  void read_outside(Value const& value) {
    for (auto const& [code, place] : as_codes(value, "outside", diagnostics_)) {
      auto const state = read_state(code, model_);
      if (state.value) {
        demography_.outside.push_back(*state.value);
      } else {
        diagnostics_.error(place, state.problem, {}, state.suggestion);
      }
    }
  }

  /// Moves draw under names of their own.
  void check_streams(Place const& place) {
    std::set<StreamId> const own{stream_of("move"), stream_of("move:to")};
    auto const check = [&](StreamId stream, std::string const& name) {
      if (!own.contains(stream)) return;
      diagnostics_.error(place, fmt::format("moves and `{}` would draw the same random numbers", name),
                         "the hashes of their names are equal by chance", "rename one of the states");
    };
    for (Transition const& transition : model_.transitions) check(transition.stream, transition.name);
    for (TraitChange const& change : model_.trait_changes) check(change.stream, change.name);
    for (State const& state : model_.states) {
      for (auto const* limits : {&state.limits, &state.entitlements}) {
        for (Limit const& limit : *limits) check(limit.stream, "a limit of " + state.name);
      }
      if (state.ends_at_age) check(state.ends_at_age->stream, "the age end of " + state.name);
    }
  }

  Model& model_;
  Diagnostics& diagnostics_;
  MapReader reader_;
  Demography demography_;
};

}  // namespace

Demography read_demography(Value const& value, Model& model, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "`demography` is not a map", {},
                      "demography: {entrants: entrants.csv, deaths: deaths.csv}");
    return {};
  }
  return DemographyReader{value, model, diagnostics}.read();
}

}  // namespace utvei
