// SPDX-License-Identifier: Apache-2.0
#include "panel_design.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A trait, or the periods (none).
using Effect = std::optional<TraitId>;

bool has_effect(Effect effect, TransitionId transition, PanelOptions const& options) {
  if (!effect) return !options.cuts.empty();
  if (options.traits.empty()) return false;
  auto const& traits = options.traits[transition];
  return std::ranges::find(traits, *effect) != traits.end();
}

/// Transitions that share the coefficients of an effect, in the order of the model's transitions.
std::vector<std::vector<TransitionId>> sharing(Effect effect, Model const& model, PanelOptions const& options) {
  std::vector<std::vector<TransitionId>> groups;
  for (TransitionId const transition : ids_of(model.transitions)) {
    if (!has_effect(effect, transition, options)) continue;
    std::vector<TransitionId> group{transition};
    for (PanelConstraint const& constraint : options.constraints) {
      if (constraint.trait != effect ||
          std::ranges::find(constraint.transitions, transition) == constraint.transitions.end()) {
        continue;
      }
      group.clear();
      for (TransitionId const other : ids_of(model.transitions)) {
        bool const shares = std::ranges::find(constraint.transitions, other) != constraint.transitions.end();
        if (shares && has_effect(effect, other, options)) group.push_back(other);
      }
    }
    if (group.front() == transition) groups.push_back(std::move(group));
  }
  return groups;
}

std::string band(std::size_t period, std::vector<PanelCut> const& cuts) {
  return fmt::format("period=[{},{})", cuts[period - 1].written,
                     period < cuts.size() ? cuts[period].written : std::string{});
}

}  // namespace

std::vector<PanelCoefficient> panel_coefficients(Model const& model, PanelOptions const& options) {
  using Kind = PanelCoefficient::Kind;
  std::vector<PanelCoefficient> coefficients;
  for (TransitionId const transition : ids_of(model.transitions)) {
    coefficients.push_back({Kind::intercept, "(intercept)", {transition}, {}});
  }
  for (TraitId const id : ids_of(model.traits)) {
    Trait const& trait = model.traits[id];
    for (auto const& group : sharing(id, model, options)) {
      if (trait.numeric) coefficients.push_back({Kind::number, trait.name, group, id});
      for (std::size_t level = 1; level < trait.levels.size(); ++level) {
        coefficients.push_back({Kind::level, fmt::format("{}={}", trait.name, trait.levels[level]), group, id, level});
      }
    }
  }
  for (auto const& group : sharing({}, model, options)) {
    for (std::size_t period = 1; period <= options.cuts.size(); ++period) {
      coefficients.push_back({Kind::period, band(period, options.cuts), group, {}, period});
    }
  }
  return coefficients;
}

std::string name_of(PanelCoefficient const& coefficient, Model const& model) {
  std::string transitions;
  for (TransitionId const t : coefficient.transitions) {
    transitions += (transitions.empty() ? "" : ", ") + model.transitions[t].name;
  }
  return fmt::format("{} of {}", coefficient.term, transitions);
}

}  // namespace utvei
