// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"

#include <utvei/model/model.hpp>

#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double tolerance_of_then = 1e-9;

class MeasureStateReader {
 public:
  MeasureStateReader(Measure& measure, MeasureReading const& with)
      : measure_{measure}, with_{with}, diagnostics_{with.diagnostics} {}

  void read_state(Value const& value) {
    auto const name = as_code(value, "state", diagnostics_);
    auto const state = name ? find(*name, value.place) : std::nullopt;
    if (!state) return;
    measure_.state = state;
    if (with_.model.states[*state].absorbing)
      diagnostics_.error(value.place, fmt::format("nobody leaves `{}`", *name),
                         "participation is a state that people are in for a time",
                         "name a state that is not absorbing");
    check_who(value);
  }

  void read_then(Value const& value) {
    std::size_t const errors = diagnostics_.error_count();
    if (value.is_map()) {
      for (Member const& member : value.members)
        add(member.key, member.key_place, as_number_at_least(member.value, 0, member.key, diagnostics_));
      if (diagnostics_.error_count() == errors) check_sum(value);
    } else if (auto const name = as_code(value, "then", diagnostics_)) {
      add(*name, value.place, 1);
    }
  }

 private:
  std::optional<StateId> find(std::string_view name, Place const& place) {
    auto const state = with_.model.state(name);
    if (!state)
      diagnostics_.error(place, fmt::format("unknown state `{}`", name), {},
                         did_you_mean(name, with_.model.state_names()));
    return state;
  }

  /// Who is there already does not begin, and from a state for good nobody comes.
  void check_who(Value const& value) {
    auto const& states = measure_.who.people.states;
    for (StateId const state : ids_of(with_.model.states)) {
      if (states.empty() || !states[state.value()]) continue;
      State const& from = with_.model.states[state];
      if (state == *measure_.state)
        diagnostics_.error(value.place, fmt::format("`{}` stands in `who` as well", from.name),
                           "who begins comes to the state from another", "leave it out of `who`");
      else if (from.absorbing)
        diagnostics_.error(value.place, fmt::format("`who` has `{}`, which nobody leaves", from.name),
                           "who begins changes state", "leave it out of `who`");
    }
  }

  void add(std::string_view name, Place const& place, std::optional<double> share) {
    auto const to = find(name, place);
    if (to && to == measure_.state)
      diagnostics_.error(place, fmt::format("`then` leads back to `{}`", name), "that is where people are already",
                         "name another state, or leave `then` out: people go back to the state they came from");
    else if (to && share && *share > 0)
      measure_.then.push_back({*to, *share, place});
  }

  void check_sum(Value const& value) {
    double sum = 0;
    for (DestinationShare const& way : measure_.then) sum += way.share;
    if (std::abs(sum - 1) > tolerance_of_then)
      diagnostics_.error(
          value.place, fmt::format("the shares of `then` sum to {:.10g}, not to 1", sum),
          "they are shares of those who stay until it is over",
          sum < 1 ? fmt::format("{:.10g} is missing", 1 - sum) : fmt::format("{:.10g} is too much", sum - 1));
  }

  Measure& measure_;
  MeasureReading const& with_;
  Diagnostics& diagnostics_;
};

}  // namespace

void read_state_of_measure(Value const* state, Value const* then, Measure& measure, MeasureReading const& with) {
  MeasureStateReader reader{measure, with};
  if (state) reader.read_state(*state);
  if (then && !state)
    with.diagnostics.error(then->place, "`then` without `state`",
                           "a measure that is no state of its own leaves people where they are",
                           "add `state: NAME`, or leave `then` out");
  else if (then)
    reader.read_then(*then);
}

}  // namespace utvei
