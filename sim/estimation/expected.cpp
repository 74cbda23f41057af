// SPDX-License-Identifier: Apache-2.0
// Observed against expected events by levels of a term. The residual of a level is the score of adding it to the model,
// so its z is Rao's score test, and that of all levels together tests the term.
#include "cells.hpp"
#include "region_design.hpp"
#include "region_effects.hpp"
#include "residual_variance.hpp"

#include <utvei/estimation/expected.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include <boost/math/distributions/chi_squared.hpp>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// One transition of a fit: its cells, and where they are among those of the exposure.
struct FittedTransition {
  TransitionId transition;
  std::vector<RateCell const*> cells;
  std::vector<std::size_t> kept;         ///< axes that its rates depend on
  std::vector<std::size_t> own_cell_of;  ///< by cell of the exposure
};

/// Events and expected events of the levels of an axis.
struct Margins {
  std::vector<std::int64_t> events;
  std::vector<GroupWeights> weights;
  std::vector<std::vector<double>> by_cell;  ///< by level, then own cell; of raw rates, each a parameter of its own
};

class Diagnosis {
 public:
  Diagnosis(Exposure const& exposure, Fit const& fit, Model const& model, EstimateOptions const& options)
      : exposure_{exposure}, fit_{fit}, model_{model}, options_{options} {
    for (std::size_t m = 0; m < fit.models.size(); ++m) {
      std::vector<RateCell const*> cells;
      for (RateCell const& cell : fit.cells) {
        if (!cell.effects.places.empty() && cell.effects.model == m) cells.push_back(&cell);
      }
      TransitionId const transition = cells.empty() ? TransitionId{} : cells.front()->transition;
      models_.emplace_back(cells, fit.models[m].effects.size(), region_covariance(transition));
    }
  }

  [[nodiscard]] FittedTransition fitted(TransitionId transition) const {
    FittedTransition found{transition, {}, axes_of(transition, exposure_.axes, options_), {}};
    for (RateCell const& cell : fit_.cells) {
      if (cell.transition == transition) found.cells.push_back(&cell);
    }
    found.own_cell_of = projected_cells(exposure_, found.kept);
    return found;
  }

  /// `seen`: the exposure of the fit, or a wider one; its last axis is then the further one.
  [[nodiscard]] ExpectedTerm term(FittedTransition const& fitted, Exposure const& seen, std::size_t axis) const {
    bool const is_wider = seen.axes.size() > exposure_.axes.size();
    ExpectedTerm term{fitted.transition, seen.axes[axis].name, false, {}, 0, 0, {}};
    term.in_model = !is_wider && std::ranges::find(fitted.kept, axis) != fitted.kept.end();
    Margins const margins = margins_of(fitted, seen, axis);
    for (std::size_t g = 0; g < margins.events.size(); ++g) {
      term.levels.push_back({seen.axes[axis].labels[g], margins.events[g], margins.weights[g].total, {}});
    }
    add_tests(fitted, margins, term);
    return term;
  }

 private:
  [[nodiscard]] MatrixXd region_covariance(TransitionId transition) const {
    if (!is_random(options_.region)) return MatrixXd(0, 0);
    auto const& regions = exposure_.axes.front();
    ScaledGraph const graph = options_.region == RegionEffect::spatial
                                  ? scaled_graph(regions.size(), edges_among(regions.regions, options_))
                                  : ScaledGraph{};
    std::map<std::string, double> estimates;
    for (Coefficient const& each : fit_.coefficients) {
      if (each.transition == transition) estimates.emplace(each.term, each.estimate);
    }
    auto const effects = region_effects_of(regions, model_, options_, graph);
    VectorXd parameters(static_cast<Index>(number_of_parameters(effects)));
    parameters[0] = std::log(estimates["sd(region)"]);
    if (options_.region == RegionEffect::nested) parameters[1] = std::log(estimates["sd(county)"]);
    if (options_.region == RegionEffect::spatial) {
      double const mixing = std::clamp(estimates["mixing(region)"], 1e-15, 1 - 1e-15);
      parameters[1] = std::log(mixing / (1 - mixing));
    }
    auto const matrix = covariance_of(effects, regions.size(), parameters).covariance;
    return matrix.diagonal ? MatrixXd{matrix.variances.asDiagonal()} : matrix.full;
  }

  [[nodiscard]] Margins margins_of(FittedTransition const& fitted, Exposure const& seen, std::size_t axis) const {
    std::size_t const levels = seen.axes[axis].size();
    std::size_t const within = seen.cells / exposure_.cells;
    std::size_t stride = 1;
    for (std::size_t after = axis + 1; after < seen.axes.size(); ++after) stride *= seen.axes[after].size();
    bool const is_raw = fit_.models.empty();
    Margins margins{std::vector<std::int64_t>(levels), std::vector<GroupWeights>(levels), {}};
    auto const effects =
        is_raw ? Index{0} : static_cast<Index>(fit_.models[fitted.cells.front()->effects.model].effects.size());
    for (GroupWeights& group : margins.weights) group.by_effect = VectorXd::Zero(effects);
    if (is_raw) margins.by_cell.assign(levels, std::vector<double>(fitted.cells.size()));
    auto const& minutes = seen.minutes[model_.transitions[fitted.transition].from];
    for (std::size_t cell = 0; cell < seen.cells; ++cell) {
      if (minutes[cell] == 0) continue;
      std::size_t const own = fitted.own_cell_of[cell / within];
      std::size_t const level = cell / stride % levels;
      RateCell const& rate = *fitted.cells[own];
      double const mean = rate.rate * in_years(Duration{minutes[cell]});
      margins.events[level] += seen.events[fitted.transition][cell];
      margins.weights[level].total += mean;
      for (std::uint32_t const place : rate.effects.places) margins.weights[level].by_effect[place] += mean;
      if (is_raw) margins.by_cell[level][own] += mean;
    }
    return margins;
  }

  /// Of raw rates each cell has a parameter of its own, so the events of a cell are multinomial over the levels.
  [[nodiscard]] static MatrixXd raw_covariance(FittedTransition const& fitted, Margins const& margins) {
    auto const levels = static_cast<Index>(margins.by_cell.size());
    MatrixXd covariance = MatrixXd::Zero(levels, levels);
    VectorXd means(levels);
    for (std::size_t cell = 0; cell < fitted.cells.size(); ++cell) {
      double const all = fitted.cells[cell]->rate * fitted.cells[cell]->person_years;
      if (all <= 0) continue;
      for (Index g = 0; g < levels; ++g) means[g] = margins.by_cell[static_cast<std::size_t>(g)][cell];
      covariance -= means * means.transpose() / all;
      covariance.diagonal() += means;
    }
    return covariance;
  }

  void add_tests(FittedTransition const& fitted, Margins const& margins, ExpectedTerm& term) const {
    MatrixXd const covariance = fit_.models.empty()
                                    ? raw_covariance(fitted, margins)
                                    : models_[fitted.cells.front()->effects.model].covariance(margins.weights);
    auto const levels = static_cast<Index>(term.levels.size());
    VectorXd residuals(levels);
    double scale = 0;
    for (Index g = 0; g < levels; ++g) {
      ExpectedEvents& level = term.levels[static_cast<std::size_t>(g)];
      residuals[g] = static_cast<double>(level.events) - level.expected;
      scale = std::max(scale, level.expected);
      if (covariance(g, g) > no_variance * level.expected && level.expected > 0) {
        level.z = residuals[g] / std::sqrt(covariance(g, g));
      }
    }
    auto const test = residual_test(residuals, covariance, scale);
    term.chi_square = test.chi_square;
    term.degrees_of_freedom = test.degrees_of_freedom;
    if (test.degrees_of_freedom > 0) {
      boost::math::chi_squared const distribution{static_cast<double>(test.degrees_of_freedom)};
      term.p_value = boost::math::cdf(boost::math::complement(distribution, test.chi_square));
    }
  }

  Exposure const& exposure_;
  Fit const& fit_;
  Model const& model_;
  EstimateOptions const& options_;
  std::vector<ResidualVariance> models_;  ///< by model of the fit
};

/// What the study knows of people, and the fit does not use.
std::vector<CellAxis> axes_beside(LifeCourses const& lives, Model const& model, EstimateOptions const& options) {
  std::vector<CellAxis> axes;
  if (options.region == RegionEffect::none && lives.persons.knows_region()) axes.push_back(region_axis(lives, model));
  for (TraitId const trait : ids_of(model.traits)) {
    bool const is_used = std::ranges::find(options.traits, trait) != options.traits.end();
    if (!is_used && !model.traits[trait].numeric && lives.persons.knows_trait(trait)) {
      axes.push_back(trait_axis(trait, model));
    }
  }
  auto const add = [&](CellAxis::Kind kind, Bands const& bands) {
    if (!bands.empty()) axes.push_back(clock_axis(kind, bands));
  };
  add(CellAxis::Kind::age, options.unused.age);
  add(CellAxis::Kind::time_in_state, options.unused.time_in_state);
  add(CellAxis::Kind::period, options.unused.period);
  return axes;
}

}  // namespace

WiderExposures tabulate_wider(LifeCourses const& lives, Model const& model, EstimateOptions const& options,
                              std::size_t threads, StopFlag const* stop) {
  constexpr double most = 100e6;
  WiderExposures result;
  auto const used = cell_axes(options, lives, model);
  double cells = static_cast<double>(model.states.size() + model.transitions.size());
  for (CellAxis const& axis : used) cells *= static_cast<double>(axis.size());
  for (CellAxis& axis : axes_beside(lives, model, options)) {
    if (cells * static_cast<double>(axis.size()) > most) {
      result.skipped.push_back(axis.name);
      continue;
    }
    auto axes = used;
    axes.push_back(std::move(axis));
    result.exposures.push_back(tabulate(lives, model, std::move(axes), threads, stop));
  }
  return result;
}

std::vector<ExpectedTerm> expected_events(Exposure const& exposure, std::vector<Exposure> const& wider, Fit const& fit,
                                          Model const& model, EstimateOptions const& options) {
  Diagnosis const diagnosis{exposure, fit, model, options};
  std::vector<ExpectedTerm> terms;
  for (TransitionId const transition : ids_of(model.transitions)) {
    auto const& events = exposure.events[transition];
    if (std::accumulate(events.begin(), events.end(), std::int64_t{0}) == 0) continue;
    auto const fitted = diagnosis.fitted(transition);
    for (std::size_t axis = 0; axis < exposure.axes.size(); ++axis) {
      terms.push_back(diagnosis.term(fitted, exposure, axis));
    }
    for (Exposure const& more : wider) terms.push_back(diagnosis.term(fitted, more, more.axes.size() - 1));
  }
  return terms;
}

std::string_view flag_of(ExpectedEvents const& level) {
  constexpr double enough = 5;  // below it the normal distribution says little of counts
  double const z = level.z.value_or(0);
  if (std::abs(z) < large_z || std::max(static_cast<double>(level.events), level.expected) < enough) return "";
  return z > 0 ? "high" : "low";
}

}  // namespace utvei
