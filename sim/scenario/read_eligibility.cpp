// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"

#include <utvei/model/model.hpp>

#include <fmt/format.h>

namespace utvei {
namespace {

Span read_time_in_state_span(Value const& value, Diagnostics& diagnostics) {
  Span span{0, distant_future.minutes};
  MapReader reader{value, "`time_in_state`", diagnostics};
  if (!value.is_map()) return span;
  Value const* least = reader.optional("at_least");
  Value const* most = reader.optional("less_than");
  reader.finish();
  if (!least && !most) {
    diagnostics.error(value.place, "`time_in_state` has neither `at_least` nor `less_than`", {},
                      "write {at_least: 3 months}");
  }
  if (least) span.from = as_duration(*least, "at_least", diagnostics).value_or(Duration{0}).minutes;
  if (!most) return span;
  auto const end = as_duration(*most, "less_than", diagnostics);
  if (!end) return span;
  span.to = end->minutes;
  if (span.from >= span.to) {
    diagnostics.error(most->place, "no time in the state is long enough and short enough",
                      fmt::format("`at_least` is {}, `less_than` {}", format(Duration{span.from}), format(*end)),
                      "let `less_than` be more than `at_least`");
  }
  return span;
}

HistoryCondition read_history(Value const& value, MeasureReading const& with) {
  HistoryCondition condition;
  MapReader reader{value, "`history`", with.diagnostics};
  if (!value.is_map()) return condition;
  Value const* left = reader.optional("left");
  Value const* ended = reader.optional("ended");
  Value const* within = reader.optional("within");
  reader.finish();
  if (!left && !ended) {
    with.diagnostics.error(value.place, "`history` does not say what must have happened", {},
                           "write {left: work, within: 1 year} with a state, or {ended: NAME} with a measure");
  } else if (left && ended) {
    with.diagnostics.error(ended->place, "`history` has both `left` and `ended`", "each entry is about one thing",
                           "write a list where both must hold: [{left: work}, {ended: NAME}]");
  }
  if (left) condition.left = read_states_of(*left, "left", with.model, with.diagnostics);
  if (ended) {
    if (auto const name = as_code(*ended, "ended", with.diagnostics)) {
      condition.ended = find_measure(*name, ended->place, with);
    }
  }
  if (within) condition.within = read_some_time(*within, "within", with.diagnostics).value_or(unbounded);
  return condition;
}

}  // namespace

Eligibility read_eligibility(Value const& value, MeasureReading const& with) {
  Eligibility who;
  who.people.traits.resize(with.model.traits.size());
  MapReader reader{value, "`who`", with.diagnostics};
  if (!value.is_map()) return who;
  if (Value const* state = reader.required("state")) {
    who.people.states = read_states_of(*state, "state", with.model, with.diagnostics);
  }
  if (Value const* age = reader.optional("age")) who.people.age = read_age_span(*age, with.diagnostics);
  if (Value const* region = reader.optional("region")) {
    who.people.regions = read_region_codes(*region, with.model, with.diagnostics);
  }
  if (Value const* traits = reader.optional("traits")) {
    who.people.traits = read_levels_of_traits(*traits, with.model, with.diagnostics);
  }
  if (Value const* time = reader.optional("time_in_state")) {
    who.time_in_state = read_time_in_state_span(*time, with.diagnostics);
  }
  if (Value const* history = reader.optional("history")) {
    if (!history->is_list()) who.history.push_back(read_history(*history, with));
    for (Value const& item : history->items) who.history.push_back(read_history(item, with));
  }
  reader.finish();
  return who;
}

}  // namespace utvei
