// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

void read_source_of_rate(MapReader& reader, Transition& transition, Diagnostics& diagnostics) {
  auto const* rate = reader.optional("rate_per_year");
  auto const* table = reader.optional("rates");
  if (rate != nullptr && table != nullptr) {
    diagnostics.error(table->place, "both `rate_per_year` and `rates`", "a transition has one source of its rate",
                      "remove one of them");
  }
  if (rate != nullptr) transition.rate_per_year = as_number_at_least(*rate, 0, "rate_per_year", diagnostics);
  if (transition.rate_per_year > static_cast<double>(minutes_per_year)) {
    diagnostics.error(rate->place, fmt::format("`{}` is not a rate per year", *transition.rate_per_year),
                      "time is whole minutes, so nothing can happen more than once a minute",
                      "check the unit: rates are per year");
  }
  if (table != nullptr && as_text(*table, "rates", diagnostics)) {
    transition.table = path_beside(*table);
    transition.table_place = table->place;
  }
}

std::optional<Transition> read_transition(Value const& value, Model const& model, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "a transition is not a map", "", "- {from: school, to: work, rate_per_year: 0.35}");
    return std::nullopt;
  }
  MapReader reader{value, "a transition", diagnostics};
  auto const* from = reader.required("from");
  auto const* to = reader.required("to");
  Transition transition;
  transition.place = value.place;
  read_source_of_rate(reader, transition, diagnostics);
  reader.finish();
  auto const origin = from != nullptr ? read_state_reference(*from, "from", model, diagnostics) : std::nullopt;
  auto const target = to != nullptr ? read_state_reference(*to, "to", model, diagnostics) : std::nullopt;
  if (!origin || !target) return std::nullopt;
  if (*origin == *target) {
    diagnostics.error(to->place, fmt::format("a transition from `{0}` to `{0}`", to->scalar),
                      "nobody moves to where they are", "remove it, or name another state");
    return std::nullopt;
  }
  transition.from = *origin;
  transition.to = *target;
  transition.name = fmt::format("{} -> {}", model.states[*origin].name, model.states[*target].name);
  return transition;
}

}  // namespace

void read_transitions(Value const& transitions, Model& model, Diagnostics& diagnostics) {
  if (!transitions.is_list()) {
    diagnostics.error(transitions.place, "`transitions` is not a list", "each line of it is one transition",
                      "transitions:\n  - {from: school, to: work, rate_per_year: 0.35}");
    return;
  }
  std::map<std::string, int, std::less<>> lines;
  for (Value const& item : transitions.items) {
    auto transition = read_transition(item, model, diagnostics);
    if (!transition) continue;
    auto const [before, is_new] = lines.emplace(transition->name, transition->place.line);
    if (is_new) {
      model.transitions.push_back(std::move(*transition));
    } else {
      diagnostics.error(transition->place, fmt::format("transition `{}` stands twice", transition->name),
                        fmt::format("it stands on line {} already", before->second), "remove one of them");
    }
  }
}

}  // namespace utvei
