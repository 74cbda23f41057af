// SPDX-License-Identifier: Apache-2.0
#include "panel_design.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/estimation/panel_fit.hpp>
#include <utvei/estimation/poisson_regression.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// What a log intensity is made of: coefficients and what they are multiplied by.
using Weights = std::vector<std::pair<std::size_t, double>>;

/// Levels by trait (0 where the trait is no term with levels) and a period.
struct PatternOfCell {
  std::vector<std::size_t> levels;
  std::size_t period{0};
};

/// Traits with levels among the terms of a transition.
std::vector<TraitId> level_traits(TransitionId transition, Model const& model, PanelOptions const& options) {
  std::vector<TraitId> traits;
  if (options.traits.empty()) return traits;
  std::ranges::copy_if(options.traits[transition], std::back_inserter(traits),
                       [&](TraitId trait) { return !model.traits[trait].numeric; });
  return traits;
}

std::vector<PatternOfCell> patterns_of(std::vector<TraitId> const& traits, Model const& model, std::size_t cuts) {
  std::vector<PatternOfCell> patterns{{std::vector<std::size_t>(model.traits.size()), 0}};
  for (TraitId const trait : traits) {
    std::vector<PatternOfCell> more;
    for (PatternOfCell const& pattern : patterns) {
      for (std::size_t level = 0; level < model.traits[trait].levels.size(); ++level) {
        more.push_back(pattern);
        more.back().levels[trait.value()] = level;
      }
    }
    patterns = std::move(more);
  }
  std::vector<PatternOfCell> all;
  for (PatternOfCell const& pattern : patterns) {
    for (std::size_t period = 0; period <= cuts; ++period) all.push_back({pattern.levels, period});
  }
  return all;
}

Weights weights_of(TransitionId transition, PatternOfCell const& pattern, PanelFit const& fit) {
  Weights weights;
  for (std::size_t c = 0; c < fit.coefficients.size(); ++c) {
    PanelCoefficient const& coefficient = fit.coefficients[c];
    if (std::ranges::find(coefficient.transitions, transition) == coefficient.transitions.end()) continue;
    switch (coefficient.kind) {
      case PanelCoefficient::Kind::intercept:
        weights.emplace_back(c, 1.0);
        break;
      case PanelCoefficient::Kind::number:
        weights.emplace_back(c, fit.mean[*coefficient.trait]);
        break;
      case PanelCoefficient::Kind::level:
        if (pattern.levels[coefficient.trait->value()] == coefficient.level) weights.emplace_back(c, 1.0);
        break;
      case PanelCoefficient::Kind::period:
        if (pattern.period == coefficient.level) weights.emplace_back(c, 1.0);
        break;
    }
  }
  return weights;
}

Box box_of(PatternOfCell const& pattern, std::vector<TraitId> const& traits, PanelOptions const& options,
           TimeScale const& scale) {
  Box box;
  for (TraitId const trait : traits) {
    if (box.traits.size() <= trait.value()) box.traits.resize(trait.value() + 1);
    box.traits[trait.value()] = static_cast<std::uint32_t>(pattern.levels[trait.value()]);
  }
  auto const& cuts = options.cuts;
  if (pattern.period > 0) box.calendar.from = panel_instant(cuts[pattern.period - 1].time, scale).minutes;
  if (pattern.period < cuts.size()) box.calendar.to = panel_instant(cuts[pattern.period].time, scale).minutes;
  return box;
}

RateCell cell_of(TransitionId transition, Box box, Weights const& weights, PanelFit const& fit) {
  double log_rate = 0;
  double variance = 0;
  for (auto const& [a, by_a] : weights) {
    log_rate += by_a * fit.coefficients[a].estimate;
    for (auto const& [b, by_b] : weights) variance += by_a * by_b * fit.covariance[a * fit.coefficients.size() + b];
  }
  RateCell cell;
  cell.transition = transition;
  cell.box = std::move(box);
  cell.rate = std::exp(log_rate);
  cell.log_se = std::sqrt(std::max(0.0, variance));
  cell.se = cell.rate * *cell.log_se;
  cell.low = cell.rate * std::exp(-normal_975 * *cell.log_se);
  cell.high = cell.rate * std::exp(normal_975 * *cell.log_se);
  cell.source = RateSource::model;
  for (auto const& [c, weight] : weights) cell.effects.places.push_back(static_cast<std::uint32_t>(c));
  return cell;
}

}  // namespace

std::vector<RateCell> rate_cells(PanelFit const& fit, Model const& model, PanelOptions const& options,
                                 TimeScale const& scale) {
  std::vector<RateCell> cells;
  if (!options.cuts.empty() && !scale.has_calendar()) return cells;
  for (TransitionId const transition : ids_of(model.transitions)) {
    auto const traits = level_traits(transition, model, options);
    for (PatternOfCell const& pattern : patterns_of(traits, model, options.cuts.size())) {
      cells.push_back(
          cell_of(transition, box_of(pattern, traits, options, scale), weights_of(transition, pattern, fit), fit));
    }
  }
  return cells;
}

RateModel rate_model(PanelFit const& fit, Model const& model) {
  std::size_t const size = fit.coefficients.size();
  RateModel rates;
  rates.name = "panel";
  rates.factor = factor_of({size, fit.covariance}).values;
  for (std::size_t c = 0; c < size; ++c) {
    PanelCoefficient const& coefficient = fit.coefficients[c];
    bool const is_number = coefficient.kind == PanelCoefficient::Kind::number;
    double const at = is_number ? fit.mean[*coefficient.trait] : 1;
    rates.effects.push_back(name_of(coefficient, model));
    rates.estimate.push_back(at * coefficient.estimate);
    for (std::size_t z = 0; z < size; ++z) rates.factor[c * size + z] *= at;
  }
  return rates;
}

}  // namespace utvei
