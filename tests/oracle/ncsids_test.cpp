// SPDX-License-Identifier: Apache-2.0
// North Carolina, sudden infant deaths by county: estimate on 1974-78, predict 1979-84. Complete pooling wins narrowly;
// raw rates are hopeless.
#include "support/csv.hpp"
#include "support/oracle.hpp"

#include <utvei/estimation/empirical_bayes.hpp>
#include <utvei/estimation/poisson_regression.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

struct Counties {
  std::vector<double> births, deaths, later_births, later_deaths, root_share_nonwhite;
  [[nodiscard]] std::size_t size() const { return births.size(); }
};

Counties read_counties(std::filesystem::path const& data) {
  Counties counties;
  for (auto const& row : support::read_csv(data / "data.csv")) {
    counties.births.push_back(number(row, "births74"));
    counties.deaths.push_back(number(row, "sids74"));
    counties.later_births.push_back(number(row, "births79"));
    counties.later_deaths.push_back(number(row, "sids79"));
    counties.root_share_nonwhite.push_back(std::sqrt(number(row, "nwbirths74") / number(row, "births74")));
  }
  return counties;
}

double sum_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Deviance of the later deaths, the predictions scaled to their total.
double hold_out(Counties const& counties, std::vector<double> const& rates) {
  std::vector<double> expected;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    expected.push_back(counties.later_births[i] * std::max(rates[i], 1e-12));
  }
  double const scale = sum_of(counties.later_deaths) / sum_of(expected);
  for (double& mean : expected) mean *= scale;
  return poisson_deviance(counties.later_deaths, expected);
}

PoissonCells cells_of(Counties const& counties, bool with_covariate) {
  PoissonCells cells;
  cells.terms = with_covariate ? 2 : 1;
  cells.regions = counties.size();
  for (std::size_t i = 0; i < counties.size(); ++i) {
    std::vector<std::pair<std::uint32_t, double>> entries{{0, 1}};
    if (with_covariate) entries.emplace_back(1, counties.root_share_nonwhite[i]);
    cells.add_row(counties.deaths[i], counties.births[i], entries, static_cast<std::uint32_t>(i));
  }
  return cells;
}

std::vector<double> rates_of(MixedFit const& fit, PoissonCells const& cells) {
  std::vector<double> rates;
  for (std::size_t i = 0; i < cells.rows(); ++i) {
    double log_rate = fit.effect[i];
    for (std::size_t k = cells.first[i]; k < cells.first[i + 1]; ++k) {
      log_rate += fit.fixed.coefficients[cells.term[k]] * cells.value[k];
    }
    rates.push_back(std::exp(log_rate));
  }
  return rates;
}

TEST(SuddenInfantDeaths, HoldOutWithoutModel) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/ncsids");
  auto const counties = read_counties(data);
  double const pooled = sum_of(counties.deaths) / sum_of(counties.births);
  std::vector<double> raw;
  std::vector<double> expected;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    raw.push_back(counties.deaths[i] / counties.births[i]);
    expected.push_back(counties.births[i] * pooled);
  }
  EXPECT_NEAR(hold_out(counties, raw), 954.387, 0.05);
  EXPECT_NEAR(hold_out(counties, std::vector<double>(counties.size(), pooled)), 167.854, 0.05);
  EXPECT_NEAR(hold_out(counties, fit_marshall(counties.deaths, counties.births).ratio), 175.489, 0.05);
  auto const gamma = fit_gamma_poisson(counties.deaths, expected);
  EXPECT_NEAR(gamma.shape, 6.371937157165, 1e-4);
  EXPECT_NEAR(gamma.rate, 6.06523685823, 1e-4);
  std::vector<double> shrunk;
  for (double const ratio : gamma.ratio) shrunk.push_back(ratio * pooled);
  EXPECT_NEAR(hold_out(counties, shrunk), 170.561, 0.05);
}

TEST(SuddenInfantDeaths, HoldOutOfPooledCounties) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/ncsids");
  auto const counties = read_counties(data);
  auto const cells = cells_of(counties, false);
  auto const fit = fit_mixed_poisson(cells, {}, {});
  EXPECT_NEAR(fit.sd[0], 0.4057835854038, 1e-4);
  EXPECT_NEAR(fit.fixed.coefficients[0], -6.235510922447, 1e-4);
  EXPECT_NEAR(hold_out(counties, rates_of(fit, cells)), 172.732, 0.05);
  auto const with_covariate = cells_of(counties, true);
  auto const covariate_fit = fit_mixed_poisson(with_covariate, {}, {});
  EXPECT_NEAR(covariate_fit.sd[0], 0.2676136818658, 1e-3);
  EXPECT_NEAR(hold_out(counties, rates_of(covariate_fit, with_covariate)), 204.904, 0.05);
}

TEST(SuddenInfantDeaths, HoldOutOfNeighbouringCounties) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/ncsids");
  auto const counties = read_counties(data);
  auto const cells = cells_of(counties, false);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (auto const& row : support::read_csv(data / "edges_cressie_read.csv")) {
    edges.emplace_back(static_cast<std::uint32_t>(number(row, "node1") - 1),
                       static_cast<std::uint32_t>(number(row, "node2") - 1));
  }
  auto graph = scaled_graph(counties.size(), edges);
  RegionEffects const effects{RegionEffects::Kind::icar, {}, std::move(graph.covariance)};
  auto const fit = fit_mixed_poisson(cells, effects, {});
  EXPECT_NEAR(fit.sd[0] / std::sqrt(graph.scaling.at(0)), 0.6780121579425, 1e-3);
  EXPECT_NEAR(hold_out(counties, rates_of(fit, cells)), 181.377, 0.05);
}

}  // namespace
}  // namespace utvei
