// SPDX-License-Identifier: Apache-2.0
#include "log_residual.hpp"

#include <utvei/analysis/calibration.hpp>
#include <utvei/estimation/gauss_newton.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// What the model gives where nobody is counted: far from any figure, and still a number.
constexpr double next_to_nothing = 1e-12;
constexpr double met_within = 2;
/// Slopes of the log of a figure below this move it by less than a hundredth of a per cent for a doubled rate.
constexpr double no_slope = 1e-4;

double log_of(Figure const& figure) {
  return std::log(std::max(figure.value, next_to_nothing));
}
/// Of the log of a figure in an offset.
double slope_of(Figure const& figure, std::size_t adjustment) {
  return figure.derivative[adjustment] / std::max(figure.value, next_to_nothing);
}
/// Discrepancy, and the luck of the simulation.
double sd_of(Target const& target, Figure const& figure) {
  return std::hypot(target.log_sd, figure.mc_se / std::max(figure.value, next_to_nothing));
}

bool is_asked(Target const& target) {
  return target.use == Target::Use::calibrate;
}

/// With those targets alone that are calibrated to, or the others.
Calibration part_of(Calibration calibration, bool asked) {
  std::erase_if(calibration.targets, [&](Target const& target) { return is_asked(target) != asked; });
  return calibration;
}

/// Figures of both parts, in the order of all targets.
std::vector<Figure> in_order(Calibration const& calibration, std::vector<Figure> const& asked,
                             std::vector<Figure> const& others) {
  std::vector<Figure> all;
  auto next_asked = asked.begin();
  auto next_other = others.begin();
  for (Target const& target : calibration.targets) all.push_back(is_asked(target) ? *next_asked++ : *next_other++);
  return all;
}

/// Why a target is not met although offsets were found.
class Reasons {
 public:
  Reasons(Calibration const& calibration, std::vector<Figure> const& figures, CalibrationResult const& result)
      : calibration_{calibration}, figures_{figures}, result_{result} {}

  [[nodiscard]] std::string of(std::size_t target) const {
    std::size_t strongest = 0;
    double most = 0;
    for (std::size_t k = 0; k < calibration_.adjustments.size(); ++k) {
      double const moved = std::abs(slope_of(figures_[target], k)) * calibration_.adjustments[k].prior_sd;
      if (moved > most) {
        most = moved;
        strongest = k;
      }
    }
    if (most < no_slope) return "no offset moves it";
    std::string const& name = calibration_.adjustments[strongest].offset.name;
    if (auto const rival = rival_of(target, strongest))
      return fmt::format("`{}` would meet it, and is held by `{}`", name, calibration_.targets[*rival].name);
    double const in_sd = result_.adjustments[strongest].value / calibration_.adjustments[strongest].prior_sd;
    return fmt::format("`{}`, which moves it most, is {:+.1f} of its prior_sd already", name, in_sd);
  }

 private:
  /// The target that holds an offset back most, if one does more than the prior.
  [[nodiscard]] std::optional<std::size_t> rival_of(std::size_t target, std::size_t k) const {
    double const wanted = pull(target, k);
    double const prior_sd = calibration_.adjustments[k].prior_sd;
    double strongest = std::abs(result_.adjustments[k].value) / (prior_sd * prior_sd);
    std::optional<std::size_t> rival;
    for (std::size_t i = 0; i < calibration_.targets.size(); ++i) {
      if (!is_asked(calibration_.targets[i])) continue;
      double const other = pull(i, k);
      if (other * wanted >= 0 || std::abs(other) <= strongest) continue;
      strongest = std::abs(other);
      rival = i;
    }
    return rival;
  }
  /// The derivative of what a target adds to the objective in an offset.
  [[nodiscard]] double pull(std::size_t target, std::size_t k) const {
    auto const residual =
        log_residual(calibration_.targets[target], log_of(figures_[target]), result_.targets[target].log_sd);
    return residual.value * residual.slope * slope_of(figures_[target], k);
  }

  Calibration const& calibration_;
  std::vector<Figure> const& figures_;
  CalibrationResult const& result_;
};

void note_targets(Calibration const& calibration, std::vector<Figure> const& before, std::vector<Figure> const& after,
                  CalibrationResult& result) {
  for (std::size_t i = 0; i < calibration.targets.size(); ++i) {
    Target const& target = calibration.targets[i];
    TargetFit fit{before[i].value, after[i].value, sd_of(target, after[i]), 0, false, {}};
    fit.misfit = target.log_distance(log_of(after[i])) / fit.log_sd;
    fit.is_met = std::abs(fit.misfit) <= met_within;
    result.targets.push_back(std::move(fit));
  }
  Reasons const reasons{calibration, after, result};
  for (std::size_t i = 0; i < calibration.targets.size(); ++i) {
    if (result.targets[i].is_met) continue;
    result.targets[i].why = is_asked(calibration.targets[i]) ? reasons.of(i) : "it was kept out";
  }
}

void note_adjustments(Calibration const& calibration, GaussNewtonFit const& fit, CalibrationResult& result) {
  std::size_t const count = calibration.adjustments.size();
  for (std::size_t k = 0; k < count; ++k) {
    double const variance = fit.covariance(k, k);
    double const prior_sd = calibration.adjustments[k].prior_sd;
    result.adjustments.push_back({fit.parameters[k], std::sqrt(variance), 1 - variance / (prior_sd * prior_sd)});
    LogRateOffset offset = calibration.adjustments[k].offset;
    offset.estimate = fit.parameters[k];
    result.frozen.offsets.push_back(std::move(offset));
  }
  result.frozen.name = calibration.name;
  result.frozen.factor = factor_of(fit.covariance).values;
}

/// Where the model counts nobody, no rate can bring a figure nearer. (Bounds may hold nobody.)
void warn_of_figures_of_nobody(Calibration const& calibration, CalibrationResult& result) {
  for (std::size_t i = 0; i < result.targets.size(); ++i)
    if (result.targets[i].after <= 0 && calibration.targets[i].range().low > 0)
      result.warnings.push_back(fmt::format("`{}`: the model counts nobody: see its states, ages, regions and dates",
                                            calibration.targets[i].name));
}

/// What the figures ask for lies where the prior hardly lets it: one of them is wrong, or of something else.
void warn_of_far_offsets(Calibration const& calibration, CalibrationResult& result) {
  constexpr double far = 3;
  for (std::size_t k = 0; k < result.adjustments.size(); ++k) {
    Adjustment const& adjustment = calibration.adjustments[k];
    double const deviations = result.adjustments[k].value / adjustment.prior_sd;
    if (std::abs(deviations) > far)
      result.warnings.push_back(
          fmt::format("the offset `{}` came to {:.2f}, {:.0f} standard deviations of its prior: "
                      "see whether the figures mean what the targets say",
                      adjustment.offset.name, result.adjustments[k].value, std::abs(deviations)));
  }
}

}  // namespace

CalibrationResult calibrate(Calibration const& calibration, Scenario const& scenario, Rates const& rates,
                            Population const& people, CalibrationOptions const& options) {
  Calibration const asked = part_of(calibration, true);
  Calibration const others = part_of(calibration, false);
  ModelFigures const model{asked, scenario, rates, people, options};
  std::vector<double> prior_sd;
  for (Adjustment const& each : calibration.adjustments) prior_sd.push_back(each.prior_sd);

  std::vector<double> const no_offsets(prior_sd.size(), 0);
  auto const before = model.at(no_offsets);
  std::vector<double> log_sd;  // held where the search begins, so that the objective stays one function
  for (std::size_t a = 0; a < before.size(); ++a) log_sd.push_back(sd_of(asked.targets[a], before[a]));
  std::map<std::vector<double>, std::vector<Figure>> seen{{no_offsets, before}};
  auto const figures_at = [&](std::vector<double> const& values) -> std::vector<Figure> const& {
    if (auto const found = seen.find(values); found != seen.end()) return found->second;
    if (options.progress) options.progress(seen.size(), 0);
    return seen[values] = model.at(values);
  };
  auto const residuals_at = [&](std::vector<double> const& values) {
    auto const& figures = figures_at(values);
    Residuals residuals;
    for (std::size_t a = 0; a < figures.size(); ++a) {
      auto const residual = log_residual(asked.targets[a], log_of(figures[a]), log_sd[a]);
      residuals.value.push_back(residual.value);
      residuals.besides += residual.besides;
      auto& slopes = residuals.derivative.emplace_back();
      for (std::size_t k = 0; k < values.size(); ++k) slopes.push_back(slope_of(figures[a], k) * residual.slope);
    }
    return residuals;
  };
  CalibrationResult result;
  result.method = model.method();
  result.why_not_equations = model.why_not_equations();
  constexpr GaussNewtonOptions exact{50, 1e-6};
  constexpr GaussNewtonOptions with_luck{15, 1e-2};
  GaussNewtonFit const fit =
      fit_least_squares(residuals_at, prior_sd, result.method == FigureMethod::equations ? exact : with_luck);
  result.iterations = fit.iterations;
  result.converged = fit.converged;
  auto const at_first = residuals_at(no_offsets);
  result.objective_before = at_first.besides;
  for (double const residual : at_first.value) result.objective_before += residual * residual / 2;
  result.objective_after = fit.objective;
  note_adjustments(calibration, fit, result);
  std::vector<Figure> others_before, others_after;
  if (!others.targets.empty()) {
    ModelFigures const rest{others, scenario, rates, people, options};
    others_before = rest.at(no_offsets);
    others_after = rest.at(fit.parameters);
  }
  note_targets(calibration, in_order(calibration, before, others_before),
               in_order(calibration, figures_at(fit.parameters), others_after), result);
  if (!fit.converged)
    result.warnings.push_back(fmt::format("the search had not settled after {} steps", fit.iterations));
  warn_of_figures_of_nobody(calibration, result);
  warn_of_far_offsets(calibration, result);
  return result;
}

}  // namespace utvei
