// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/calibration.hpp>
#include <utvei/core/normal.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace utvei {
namespace {

constexpr double least_figure = 1e-12;

double variance_of(std::vector<double> const& values) {
  if (values.size() < 2) return 0;
  double mean = 0;
  for (double const value : values) mean += value / static_cast<double>(values.size());
  double squares = 0;
  for (double const value : values) squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1);
}

}  // namespace

Validation validate(Calibration const& calibration, Scenario const& scenario, Rates const& rates,
                    Population const& people, std::uint32_t draws, CalibrationOptions const& options) {
  Calibration as_it_is = calibration;
  as_it_is.adjustments.clear();
  ModelFigures const model{as_it_is, scenario, rates, people, options};
  auto const point = model.at({});
  std::vector<std::vector<double>> logs(calibration.targets.size());  // [target][draw]
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    if (options.progress) options.progress(draw, draws);
    auto const figures = model.at({}, draw);
    for (std::size_t i = 0; i < figures.size(); ++i)
      logs[i].push_back(std::log(std::max(figures[i].value, least_figure)));
  }
  Validation validation{model.method(), draws, {}};
  for (std::size_t i = 0; i < point.size(); ++i) {
    Target const& target = calibration.targets[i];
    double const value = std::max(point[i].value, least_figure);
    ValidatedFigure figure{point[i].value, 0, 0, false, std::sqrt(variance_of(logs[i])), point[i].mc_se / value};
    double const sd = std::hypot(figure.log_sd_rates, figure.log_sd_luck, target.log_sd);
    figure.low_90 = value * std::exp(-normal_950 * sd);
    figure.high_90 = value * std::exp(normal_950 * sd);
    auto const [low, high] = target.range();
    figure.holds = high >= figure.low_90 && low <= figure.high_90;
    validation.figures.push_back(figure);
  }
  return validation;
}

}  // namespace utvei
