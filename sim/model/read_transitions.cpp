// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

/// `from: "*"`: every state that people can leave.
constexpr std::string_view every_state = "*";

/// A line of the list; without a state it is from every state.
struct TransitionLine {
  std::optional<StateId> from;
  Transition transition;
};

std::optional<TransitionLine> read_line(Value const& value, Model const& model, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "a transition is not a map", "", "- {from: school, to: work, rate_per_year: 0.35}");
    return std::nullopt;
  }
  MapReader reader{value, "a transition", diagnostics};
  auto const* from = reader.required("from");
  auto const* to = reader.required("to");
  TransitionLine line;
  Transition& transition = line.transition;
  transition.place = value.place;
  WayRate source = read_rate_source(reader, "a transition", diagnostics);
  transition.rate_per_year = source.rate_per_year;
  transition.table = std::move(source.table);
  transition.table_place = source.table_place;
  if (auto const* sets = reader.optional("sets")) {
    transition.sets = read_settings(*sets, "a transition", model, diagnostics);
  }
  reader.finish();
  bool const from_all = from != nullptr && from->is_scalar() && from->quoted && from->scalar == every_state;
  if (from != nullptr && !from_all) line.from = read_state_reference(*from, "from", model, diagnostics);
  auto const target = to != nullptr ? read_state_reference(*to, "to", model, diagnostics) : std::nullopt;
  if (!target || (!line.from && !from_all)) return std::nullopt;
  if (line.from == target) {
    diagnostics.error(to->place, fmt::format("a transition from `{0}` to `{0}`", to->scalar),
                      "nobody moves to where they are", "remove it, or name another state");
    return std::nullopt;
  }
  transition.to = *target;
  return line;
}

class TransitionList {
 public:
  TransitionList(Model& model, Diagnostics& diagnostics) : model_{model}, diagnostics_{diagnostics} {}

  void add(Transition transition, StateId from) {
    transition.from = from;
    transition.name = fmt::format("{} -> {}", model_.states[from].name, model_.states[transition.to].name);
    auto const [before, is_new] = lines_.emplace(transition.name, transition.place.line);
    if (is_new) {
      model_.transitions.push_back(std::move(transition));
    } else {
      diagnostics_.error(transition.place, fmt::format("transition `{}` stands twice", transition.name),
                         fmt::format("it stands on line {} already", before->second), "remove one of them");
    }
  }

  /// From the states that have no line of their own to there.
  void add_from_every_state(Transition const& transition) {
    if (!from_everywhere_.insert(transition.to).second) {
      diagnostics_.error(transition.place,
                         fmt::format("two transitions from every state to `{}`", model_.states[transition.to].name),
                         "each state has one way to there", "remove one of them");
      return;
    }
    for (StateId const from : ids_of(model_.states)) {
      if (from == transition.to || model_.states[from].absorbing) continue;
      if (!model_.transition(from, transition.to)) add(transition, from);
    }
  }

 private:
  Model& model_;
  Diagnostics& diagnostics_;
  std::map<std::string, int, std::less<>> lines_;
  std::set<StateId> from_everywhere_;
};

}  // namespace

void read_transitions(Value const& transitions, Model& model, Diagnostics& diagnostics) {
  if (!transitions.is_list()) {
    diagnostics.error(transitions.place, "`transitions` is not a list", "each line of it is one transition",
                      "transitions:\n  - {from: school, to: work, rate_per_year: 0.35}");
    return;
  }
  TransitionList list{model, diagnostics};
  std::vector<Transition> from_every_state;
  for (Value const& item : transitions.items) {
    auto line = read_line(item, model, diagnostics);
    if (!line) continue;
    if (line->from) {
      list.add(std::move(line->transition), *line->from);
    } else {
      from_every_state.push_back(std::move(line->transition));
    }
  }
  for (Transition const& transition : from_every_state) list.add_from_every_state(transition);
}

}  // namespace utvei
