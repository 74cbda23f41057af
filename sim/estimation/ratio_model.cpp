// SPDX-License-Identifier: Apache-2.0
#include "sum.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/estimation/ratio_model.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace utvei {
namespace {

/// A covariate with mean 0 and variance 1 over regions: its coefficient is small where it says little, whatever its
/// unit.
struct Standardised {
  std::vector<double> values;
  double sd{0};
};

Standardised standardised(std::vector<double> const& values) {
  auto const regions = static_cast<double>(values.size());
  double const mean = sum_of(values) / regions;
  double squares = 0;
  for (double const value : values) squares += (value - mean) * (value - mean);
  Standardised result{values, std::sqrt(squares / regions)};
  for (double& value : result.values) value = result.sd > 0 ? (value - mean) / result.sd : 0;
  return result;
}

PoissonCells cells_of_regions(RatioData const& data, std::vector<Standardised> const& covariates) {
  PoissonCells cells;
  cells.terms = 1 + covariates.size();
  cells.regions = data.observed.size();
  for (std::size_t r = 0; r < data.observed.size(); ++r) {
    std::vector<std::pair<std::uint32_t, double>> entries{{0, 1}};
    for (std::size_t k = 0; k < covariates.size(); ++k)
      entries.emplace_back(static_cast<std::uint32_t>(k + 1), covariates[k].values[r]);
    cells.add_row(data.observed[r], data.expected[r], entries, static_cast<std::uint32_t>(r));
  }
  return cells;
}

/// What covariates predict, scaled to what was observed in all.
void add_predicted(RatioData const& data, std::vector<Standardised> const& covariates, MixedFit const& fit,
                   RatioModel& model) {
  model.expected = data.expected;
  for (std::size_t r = 0; r < data.expected.size(); ++r) {
    double predicted = 0;
    for (std::size_t k = 0; k < covariates.size(); ++k)
      predicted += fit.fixed.coefficients[k + 1] * covariates[k].values[r];
    model.expected[r] *= std::exp(predicted);
  }
  double const scale = covariates.empty() ? 1 : sum_of(data.observed) / sum_of(model.expected);
  for (double& each : model.expected) each *= scale;
  double const constant = fit.fixed.coefficients[0] - std::log(scale);
  model.typical = std::exp(constant);
  for (double const effect : fit.effect) model.log_ratio.push_back(constant + effect);
}

/// Of the constant and the region's effect together.
SquareMatrix covariance_of_ratios(MixedFit const& fit, std::size_t terms) {
  std::size_t const regions = fit.effect.size();
  SquareMatrix covariance{regions, std::vector<double>(regions * regions)};
  for (std::size_t r = 0; r < regions; ++r) {
    for (std::size_t s = 0; s < regions; ++s) {
      covariance.values[r * regions + s] = fit.covariance(0, 0) + fit.covariance(0, terms + s) +
                                           fit.covariance(terms + r, 0) + fit.covariance(terms + r, terms + s);
    }
  }
  return covariance;
}

}  // namespace

double RatioModel::log_se(std::size_t region) const {
  return std::sqrt(std::max(0.0, covariance(region, region)));
}

double RatioModel::reliability(std::size_t region) const {
  double const all = variance() + 1 / expected[region];
  return variance() / all;
}

RatioModel fit_ratio_model(RatioData const& data, SdPrior const& prior) {
  UTVEI_EXPECT(data.observed.size() == data.expected.size() && sum_of(data.observed) > 0);
  std::vector<Standardised> covariates;
  for (auto const& values : data.covariates) covariates.push_back(standardised(values));
  RegionEffects effects;
  if (!data.county.empty()) effects = {RegionEffects::Kind::nested, data.county, {}};
  MixedFit const fit = fit_mixed_poisson(cells_of_regions(data, covariates), effects, prior);
  RatioModel model;
  add_predicted(data, covariates, fit, model);
  model.covariance = covariance_of_ratios(fit, 1 + covariates.size());
  for (std::size_t k = 0; k < covariates.size(); ++k) {
    double const sd = covariates[k].sd;
    double const se = std::sqrt(std::max(0.0, fit.fixed.covariance(k + 1, k + 1)));
    model.covariates.push_back(sd > 0 ? CovariateEffect{fit.fixed.coefficients[k + 1] / sd, se / sd}
                                      : CovariateEffect{});
  }
  model.sd_region = fit.sd[0];
  if (fit.sd.size() > 1) model.sd_county = fit.sd[1];
  model.converged = fit.fixed.converged;
  return model;
}

}  // namespace utvei
