// SPDX-License-Identifier: Apache-2.0
// Maximum likelihood from panels: Kalbfleisch & Lawless (1985), Jackson (2011). The optimiser's word is not taken for
// it that there is a maximum: the eigenvalues of the Hessian tell in which directions the data say nothing.
#include "minimise.hpp"
#include "panel_hidden.hpp"
#include "panel_likelihood.hpp"
#include "panel_warnings.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Eigenvalues>
#include <fmt/format.h>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A direction in which a log intensity is known to no better than ± 20 (a standard error of 10) is not identified.
constexpr double least_information = 0.01;

/// Log rates as if changes happened when they are seen, as crudeinits.msm; with half an event for each transition, so
/// that all are finite.
VectorXd crude_start(Panel const& panel, Model const& model, std::size_t coefficients) {
  std::vector<double> years(model.states.size());
  Column<TransitionId, double> events{model.transitions.size(), 0.5};
  for (PanelInterval const& interval : panel.intervals) {
    years[interval.from.value()] += (interval.stop - interval.start) * panel.unit_years;
    if (auto const transition = model.transition(interval.from, interval.to)) events[*transition] += 1;
  }
  double all_years = 0;
  for (double const y : years) all_years += y;
  VectorXd start = VectorXd::Zero(static_cast<Index>(coefficients));
  for (TransitionId const t : ids_of(model.transitions)) {
    double const at_risk = years[model.transitions[t].from.value()];
    start[static_cast<Index>(t.value())] = std::log(events[t] / (at_risk > 0 ? at_risk : all_years));
  }
  return start;
}

/// Inverts the information; directions below the least get that much, so that everything stays finite.
MatrixXd covariance_of(MatrixXd const& information, PanelFit& fit, Model const& model) {
  Eigen::SelfAdjointEigenSolver<MatrixXd> const solver{information};
  VectorXd values = solver.eigenvalues();
  fit.least_eigenvalue = values.minCoeff();
  for (Index i = 0; i < values.size(); ++i) {
    if (values[i] >= least_information) continue;
    fit.identified = false;
    std::string names;
    for (std::size_t c = 0; c < fit.coefficients.size(); ++c) {
      if (std::abs(solver.eigenvectors()(static_cast<Index>(c), i)) > 0.3) {
        names += (names.empty() ? "" : "; ") + name_of(fit.coefficients[c], model);
      }
    }
    fit.warnings.push_back(fmt::format(
        "not identified: {}. The likelihood is flat in this direction (an eigenvalue of the Hessian is {:.2g}); the "
        "estimates are where the search stopped, their standard errors are lower bounds. Take the term away there, or "
        "let transitions share it under `constraints`",
        names, values[i]));
    values[i] = least_information;
  }
  return solver.eigenvectors() * values.cwiseInverse().asDiagonal() * solver.eigenvectors().transpose();
}

/// Averages over patterns by the time that begins with a look in the state. The gradient of the log of the average is
/// the average of the pattern's covariates, by rate and time.
std::vector<PanelIntensity> intensities_of(PanelDesign const& design, VectorXd const& at, MatrixXd const& covariance) {
  std::vector<std::vector<double>> years(design.states, std::vector<double>(design.patterns.size()));
  for (PanelDesign::Contribution const& contribution : design.contributions) {
    for (std::size_t const step : contribution.steps) {
      years[contribution.from.value()][design.steps[step].pattern] += contribution.count * design.steps[step].years;
    }
  }
  std::vector<VectorXd> rates;
  for (PanelDesign::Pattern const& pattern : design.patterns) rates.push_back(design.rates(pattern, at));
  std::vector<PanelIntensity> intensities;
  for (std::size_t t = 0; t < design.transitions.size(); ++t) {
    double time = 0;
    double events = 0;
    VectorXd gradient = VectorXd::Zero(at.size());
    for (std::size_t p = 0; p < design.patterns.size(); ++p) {
      double const here = years[design.transitions[t].from.value()][p];
      double const rate = rates[p][static_cast<Index>(t)];
      time += here;
      events += here * rate;
      for (auto const& [c, weight] : design.patterns[p].active) {
        bool const has = std::ranges::find(design.transitions_of[c], t) != design.transitions_of[c].end();
        if (has) gradient[static_cast<Index>(c)] += here * rate * weight;
      }
    }
    if (time == 0) continue;
    gradient /= events;
    intensities.push_back({TransitionId{t}, events / time, std::sqrt(gradient.dot(covariance * gradient))});
  }
  return intensities;
}

/// At the first level of each trait, the mean of each number and before the first cut, where intercepts alone hold.
Column<StateId, double> mean_sojourns(PanelDesign const& design, std::vector<PanelCoefficient> const& coefficients,
                                      VectorXd const& at) {
  PanelDesign::Pattern reference;
  for (std::size_t c = 0; c < coefficients.size(); ++c) {
    if (coefficients[c].kind == PanelCoefficient::Kind::intercept) reference.active.emplace_back(c, 1.0);
  }
  Column<StateId, double> sojourns;
  MatrixXd const q = design.generator(design.rates(reference, at));
  for (Index state = 0; state < q.rows(); ++state) {
    sojourns.push_back(q(state, state) < 0 ? -1 / q(state, state) : std::numeric_limits<double>::infinity());
  }
  return sojourns;
}

/// From numbers that were centred and scaled to numbers as they are: the matrix that takes the coefficients there.
MatrixXd unscaling(std::vector<PanelCoefficient> const& coefficients, PanelDesign const& design) {
  auto const size = static_cast<Index>(coefficients.size());
  MatrixXd matrix = MatrixXd::Identity(size, size);
  for (std::size_t c = 0; c < coefficients.size(); ++c) {
    if (coefficients[c].kind != PanelCoefficient::Kind::number) continue;
    auto const column = static_cast<Index>(c);
    auto const& spread = design.spread[*coefficients[c].trait];
    matrix(column, column) = 1 / spread.sd;
    for (TransitionId const t : coefficients[c].transitions) {
      matrix(static_cast<Index>(t.value()), column) = -spread.mean / spread.sd;
    }
  }
  return matrix;
}

void set_coefficients(VectorXd const& at, MatrixXd const& covariance, PanelFit& fit) {
  for (std::size_t c = 0; c < fit.coefficients.size(); ++c) {
    auto const i = static_cast<Index>(c);
    fit.coefficients[c].estimate = at[i];
    fit.coefficients[c].se = std::sqrt(covariance(i, i));
  }
  fit.covariance.assign(covariance.data(), covariance.data() + covariance.size());
}

/// Fits nothing where nothing is left, or where rounding has eaten the probability of an observation.
void require_possible(PanelDesign const& design, Evaluation const& at_start, Place const& place) {
  if (design.contributions.empty()) {
    throw InputError{Fault::file, place, "no interval of the panel can be used",
                     fmt::format("a trait among the terms is empty in all {} of them", design.unused),
                     "take the trait out of `terms`"};
  }
  if (std::isfinite(at_start.value)) return;
  throw InputError{Fault::file, place, "the probability of an observation cannot be told from 0",
                   "it needs several changes of state in an interval that is very short beside the others",
                   "look at the shortest intervals of the data, or add transitions to the model"};
}

}  // namespace

PanelFit fit_panel(Panel const& panel, Model const& model, PanelOptions const& options) {
  PanelFit fit;
  fit.coefficients = panel_coefficients(model, options);
  PanelLikelihood const likelihood{make_panel_design(panel, model, fit.coefficients, options.cuts)};
  PanelDesign const& design = likelihood.design();
  Objective const objective = [&](VectorXd const& at) { return likelihood(at); };
  VectorXd const start = crude_start(panel, model, fit.coefficients.size());
  require_possible(design, objective(start), options.place);
  Minimum const minimum = minimise(objective, start);
  fit.minus2_log_likelihood = 2 * minimum.evaluation.value;
  fit.iterations = minimum.iterations;
  fit.converged = minimum.converged;
  fit.intervals = panel.intervals.size() - design.unused;
  for (auto const& spread : design.spread) fit.mean.push_back(spread.mean);
  if (!fit.converged) fit.warnings.emplace_back("the search for the maximum stopped before it was found");
  if (design.unused > 0) {
    fit.warnings.push_back(fmt::format("{} intervals are not used: a trait among the terms is empty", design.unused));
  }
  MatrixXd const covariance = covariance_of(hessian(objective, minimum.at), fit, model);
  fit.intensities = intensities_of(design, minimum.at, covariance);
  fit.hidden = hidden_moves(design, minimum.at);
  fit.embedding = embedding_of(panel, model);
  fit.mean_sojourn = mean_sojourns(design, fit.coefficients, minimum.at);
  MatrixXd const unscaled = unscaling(fit.coefficients, design);
  set_coefficients(unscaled * minimum.at, unscaled * covariance * unscaled.transpose(), fit);
  warn_of_what_looks_hide(panel, model, fit);
  return fit;
}

}  // namespace utvei
