// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include <utvei/core/random.hpp>
#include <utvei/scenario/patterns.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {

namespace {

void read_dates(MapReader& reader, Scenario const& scenario, Change& change, Diagnostics& diagnostics) {
  Value const* from = reader.optional("from");
  Value const* to = reader.optional("to");
  auto const first = from ? as_date(*from, "from", diagnostics) : std::nullopt;
  auto const last = to ? as_date(*to, "to", diagnostics) : std::nullopt;
  if (first) change.calendar.from = first->minutes;
  if (last) change.calendar.to = last->minutes;
  if (change.calendar.from >= change.calendar.to) {
    diagnostics.error(to->place, "the change ends before it begins",
                      "from and to are half-open: `to` is the first day after", "let `to` come after `from`");
  } else if (scenario.end > scenario.start &&
             !overlap(change.calendar, {scenario.start.minutes, scenario.end.minutes})) {
    diagnostics.warning(from ? from->place : to->place, "the change lies outside the years of the run",
                        fmt::format("the run is from {} to {}", format(scenario.start), format(scenario.end)));
  }
}

/// What a change acts on, in words that do not depend on its place in the file: two scenarios that change the same
/// share the luck of its draws.
std::string description(Change const& change, Model const& model) {
  std::string text;
  for (TransitionId const id : change.transitions) text += model.transitions[id].name + ",";
  for (RegionId const id : change.regions) text += "|region " + model.regions[id].code;
  for (TraitId const id : ids_of(model.traits)) {
    for (std::uint32_t const level : change.traits[id.value()]) {
      text += fmt::format("|{} {}", model.traits[id].name, model.traits[id].levels[level]);
    }
  }
  if (change.age != everything) text += fmt::format("|age {} {}", change.age.from, change.age.to);
  if (change.calendar != everything) text += fmt::format("|dates {} {}", change.calendar.from, change.calendar.to);
  return text;
}

/// The streams of changes: by their names, or by what they act on.
class ChangeStreams {
 public:
  ChangeStreams(Model const& model, StreamNames& streams, Diagnostics& diagnostics)
      : model_{model}, streams_{streams}, diagnostics_{diagnostics} {}

  StreamId stream(std::string const& given, Change const& change) {
    std::string name = given;
    if (name.empty()) {
      std::string const base = description(change, model_);
      name = base;
      for (int copy = 2; names_.contains(name); ++copy) name = fmt::format("{}#{}", base, copy);
    }
    if (!names_.insert(name).second) {
      diagnostics_.error(change.place, fmt::format("two changes are named `{}`", name), {}, "give each its own name");
      return {};
    }
    return streams_.give("change:" + name, "change", change.place);
  }

 private:
  Model const& model_;
  StreamNames& streams_;
  Diagnostics& diagnostics_;
  std::set<std::string> names_;
};

Change read_change(Value const& value, Scenario const& scenario, ChangeStreams& streams, Diagnostics& diagnostics) {
  Model const& model = scenario.model;
  Change change;
  change.place = value.place;
  change.traits.resize(model.traits.size());
  MapReader reader{value, "the change", diagnostics};
  if (!value.is_map()) return change;
  Value const* name = reader.optional("name");
  Value const* const transition = reader.optional("transition");
  if (transition != nullptr) change.transitions = read_transition_patterns(*transition, model, diagnostics);
  Value const* const ratio = reader.optional("hazard_ratio");
  if (ratio != nullptr) change.ratio = read_uncertain_ratio(*ratio, diagnostics);
  if (Value const* region = reader.optional("region")) change.regions = read_region_codes(*region, model, diagnostics);
  if (Value const* age = reader.optional("age")) change.age = read_age_span(*age, diagnostics);
  if (Value const* traits = reader.optional("traits")) {
    change.traits = read_levels_of_traits(*traits, model, diagnostics);
  }
  read_dates(reader, scenario, change, diagnostics);
  // A key that is not known may be meant for one that seems to be missing, and is told of.
  if (!reader.has_unknown()) {
    for (char const* const key : {"transition", "hazard_ratio"}) reader.required(key);
  }
  reader.finish();
  auto const given = name ? as_code(*name, "name", diagnostics) : std::nullopt;
  change.stream = streams.stream(given.value_or(""), change);
  return change;
}

}  // namespace

std::vector<Change> read_changes(Value const& value, Scenario const& scenario, StreamNames& names,
                                 Diagnostics& diagnostics) {
  std::vector<Change> changes;
  Value const list = named_items(value);
  if (!list.is_list()) {
    diagnostics.error(value.place, "`changes` must be a list, or a map by name", {},
                      "begin each change with `- transition: a -> b`, or with its name: `ips: {…}`");
    return changes;
  }
  ChangeStreams streams{scenario.model, names, diagnostics};
  for (Value const& item : list.items) changes.push_back(read_change(item, scenario, streams, diagnostics));
  return changes;
}

}  // namespace utvei
