// SPDX-License-Identifier: Apache-2.0
// Maximum likelihood from panels: Kalbfleisch & Lawless (1985), Jackson (2011). The optimiser's word is not taken for
// it that there is a maximum: the eigenvalues of the Hessian tell in which directions the data say nothing.
#include "minimise.hpp"
#include "panel_likelihood.hpp"

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
    years[interval.from.value()] += interval.stop - interval.start;
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

std::string name_of(PanelCoefficient const& coefficient, Model const& model) {
  std::string transitions;
  for (TransitionId const t : coefficient.transitions) {
    transitions += (transitions.empty() ? "" : ", ") + model.transitions[t].name;
  }
  return fmt::format("{} of {}", coefficient.term, transitions);
}

/// Inverts the information; directions below the least get that much, so that everything stays finite.
MatrixXd covariance_of(MatrixXd const& information, PanelFit& fit, Model const& model) {
  Eigen::SelfAdjointEigenSolver<MatrixXd> const solver{information};
  VectorXd values = solver.eigenvalues();
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

double median(std::vector<double> values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Two changes between two looks leave no trace: the more of them, the more the estimate rests on the Markov property
/// alone.
void compare_with_sojourns(Panel const& panel, Model const& model, PanelFit& fit) {
  std::vector<double> lengths;
  for (PanelInterval const& interval : panel.intervals) {
    if (interval.end != PanelEnd::exact) lengths.push_back(interval.stop - interval.start);
  }
  Column<StateId, double> exit{model.states.size(), 0.0};
  for (TransitionId const t : ids_of(model.transitions)) {
    exit[model.transitions[t].from] += std::exp(fit.coefficients[t.value()].estimate);
  }
  for (StateId const state : ids_of(model.states)) {
    fit.mean_sojourn.push_back(exit[state] > 0 ? 1 / exit[state] : std::numeric_limits<double>::infinity());
  }
  if (lengths.empty()) return;
  fit.median_interval = median(std::move(lengths));
  for (StateId const state : ids_of(model.states)) {
    double const unseen = -std::expm1(-fit.median_interval * exit[state]);
    if (fit.median_interval < fit.mean_sojourn[state] / 3) continue;
    fit.warnings.push_back(fmt::format(
        "people are looked at every {:.3g} years (median), and a stay in `{}` is estimated to last {:.3g}: {:.0f} % of "
        "the "
        "stays that begin right after a look end before the next one and are never seen. If moves are seasonal or "
        "people go back and forth, the intensities are too low; prefer dates of change, or more frequent looks",
        fit.median_interval, model.states[state].name, fit.mean_sojourn[state], 100 * unseen));
  }
}

}  // namespace

PanelFit fit_panel(Panel const& panel, Model const& model, PanelOptions const& options) {
  PanelFit fit;
  fit.coefficients = panel_coefficients(model, options);
  PanelLikelihood const likelihood{panel, model, fit.coefficients, options.cuts};
  Objective const objective = [&](VectorXd const& at) { return likelihood(at); };
  VectorXd const start = crude_start(panel, model, fit.coefficients.size());
  if (!std::isfinite(objective(start).value)) {
    throw InputError{Fault::file,
                     {},
                     "an observation of the panel is impossible under the model",
                     "no transitions lead from one state that was seen to the next, or the time of the change is exact "
                     "and there is no transition between the two",
                     "add the transition to the model, or mend the data"};
  }
  Minimum const minimum = minimise(objective, start);
  fit.minus2_log_likelihood = 2 * minimum.evaluation.value;
  fit.iterations = minimum.iterations;
  fit.converged = minimum.converged;
  if (!fit.converged) fit.warnings.emplace_back("the search for the maximum stopped before it was found");
  if (likelihood.unused() > 0) {
    fit.warnings.push_back(
        fmt::format("{} intervals are not used: a trait among the terms is empty", likelihood.unused()));
  }
  for (std::size_t c = 0; c < fit.coefficients.size(); ++c) {
    fit.coefficients[c].estimate = minimum.at[static_cast<Index>(c)];
  }
  MatrixXd const covariance = covariance_of(hessian(objective, minimum.at), fit, model);
  for (std::size_t c = 0; c < fit.coefficients.size(); ++c) {
    fit.coefficients[c].se = std::sqrt(covariance(static_cast<Index>(c), static_cast<Index>(c)));
  }
  fit.covariance.assign(covariance.data(), covariance.data() + covariance.size());
  compare_with_sojourns(panel, model, fit);
  return fit;
}

}  // namespace utvei
