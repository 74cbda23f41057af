// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/text.hpp>
#include <utvei/scenario/patterns.hpp>

#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

/// One side of a pattern: a state, or any for `*`.
struct Side {
  bool is_known{false};
  std::optional<StateId> state;
};

Side read_side(std::string_view text, Place const& place, Model const& model, Diagnostics& diagnostics) {
  if (text == "*") return {true, {}};
  if (auto const state = model.state(text)) return {true, state};
  diagnostics.error(place, fmt::format("no state `{}` in the model", text), {},
                    did_you_mean(text, model.state_names()));
  return {};
}

}  // namespace

std::vector<TransitionId> match_transitions(std::string_view pattern, Place const& place, Model const& model,
                                            Diagnostics& diagnostics) {
  auto const arrow = pattern.find("->");
  if (arrow == std::string_view::npos) {
    diagnostics.error(place, fmt::format("`{}` is not a transition", pattern), {},
                      "write `a -> b`, \"* -> b\" or `a -> *`");
    return {};
  }
  Side const from = read_side(trimmed(pattern.substr(0, arrow)), place, model, diagnostics);
  Side const to = read_side(trimmed(pattern.substr(arrow + 2)), place, model, diagnostics);
  if (!from.is_known || !to.is_known) return {};
  std::vector<TransitionId> found;
  for (TransitionId const id : ids_of(model.transitions)) {
    Transition const& transition = model.transitions[id];
    if ((!from.state || *from.state == transition.from) && (!to.state || *to.state == transition.to)) {
      found.push_back(id);
    }
  }
  if (found.empty()) {
    diagnostics.error(place, fmt::format("no transition of the model matches `{}`", pattern),
                      "a change multiplies intensities that the model has; limits and ages are rules, not intensities",
                      did_you_mean(pattern, model.transition_names()));
  }
  return found;
}

std::string names_of(std::vector<TransitionId> const& transitions, Model const& model, std::string_view between) {
  std::string text;
  for (TransitionId const id : transitions) {
    if (!text.empty()) text += between;
    text += model.transitions[id].name;
  }
  return text;
}

std::vector<TransitionId> read_transition_patterns(Value const& value, Model const& model, Diagnostics& diagnostics) {
  std::set<TransitionId> found;
  if (value.is_list() && value.items.empty()) {
    diagnostics.error(value.place, "`transition` is an empty list", {}, "name at least one, as in `aap -> work`");
  }
  for (auto const& [pattern, place] : as_codes(value, "transition", diagnostics)) {
    for (TransitionId const id : match_transitions(pattern, place, model, diagnostics)) found.insert(id);
  }
  return {found.begin(), found.end()};
}

}  // namespace utvei
