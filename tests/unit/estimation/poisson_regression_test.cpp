// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/poisson_regression.hpp>

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Twelve regions of two rows each: an intercept and one covariate.
PoissonCells twelve_regions() {
  PoissonCells cells;
  cells.terms = 2;
  cells.regions = 12;
  for (std::uint32_t r = 0; r < 12; ++r) {
    double const exposure = 5.0 + 7.0 * r;
    double const base = 0.3 * std::exp(0.6 * std::sin(1.7 * r));
    cells.add_row(std::round(exposure * base), exposure, {{0, 1}}, r);
    cells.add_row(std::round(0.5 * exposure * base * 1.5), 0.5 * exposure, {{0, 1}, {1, 1}}, r);
  }
  return cells;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> ring_and_islands() {
  return {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 8}, {8, 9}, {0, 1}};
}

RegionEffects effects_of(RegionEffects::Kind kind) {
  RegionEffects effects{kind, {}, {}};
  if (kind == RegionEffects::Kind::nested) effects.county = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
  effects.neighbours = scaled_graph(12, ring_and_islands()).covariance;
  return effects;
}

TEST(PoissonRegression, OneTermIsOccurrenceOverExposure) {
  PoissonCells cells;
  cells.terms = 1;
  cells.add_row(7, 30, {{0, 1}});
  cells.add_row(5, 50, {{0, 1}});
  auto const fit = fit_poisson(cells);
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.coefficients[0], std::log(12.0 / 80), 1e-12);
  EXPECT_NEAR(fit.covariance(0, 0), 1.0 / 12, 1e-12);
  EXPECT_NEAR(fit.log_likelihood, 12 * std::log(12.0 / 80) - 12, 1e-12);
}

TEST(PoissonRegression, CollinearColumnIsFixedAtZeroAndNamed) {
  PoissonCells cells;
  cells.terms = 4;
  cells.add_row(7, 30, {{0, 1}, {2, 1}, {3, 1}});
  cells.add_row(5, 50, {{0, 1}, {1, 1}});
  cells.add_row(6, 40, {{0, 1}, {2, 1}, {3, 1}});
  auto const fit = fit_poisson(cells);
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.irregular.aliased, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(fit.coefficients[2], 0);
  EXPECT_EQ(fit.covariance(2, 2), 0);
  EXPECT_NEAR(fit.coefficients[0], std::log(13.0 / 70), 1e-10);
  EXPECT_NEAR(fit.coefficients[0] + fit.coefficients[1], std::log(0.1), 1e-10);
}

TEST(PoissonRegression, LevelWithoutEventsIsFiniteAndNamed) {
  PoissonCells cells;
  cells.terms = 3;
  cells.add_row(7, 30, {{0, 1}});
  cells.add_row(0, 50, {{0, 1}, {1, 1}});
  cells.add_row(4, 20, {{0, 1}, {2, 1}});
  auto const fit = fit_poisson(cells);
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.irregular.separated, (std::vector<std::size_t>{1}));
  EXPECT_LT(fit.coefficients[1], -3);
  EXPECT_GT(fit.coefficients[1], -15);
  EXPECT_LT(std::sqrt(fit.covariance(1, 1)), separation_sd);
  EXPECT_NEAR(fit.coefficients[0], std::log(7.0 / 30), 0.03);
}

TEST(PoissonRegression, ReferenceLevelWithoutEventsIsFiniteToo) {
  PoissonCells cells;
  cells.terms = 2;
  cells.add_row(0, 30, {{0, 1}});
  cells.add_row(9, 50, {{0, 1}, {1, 1}});
  auto const fit = fit_poisson(cells);
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.irregular.separated, (std::vector<std::size_t>{1}));
  EXPECT_NEAR(fit.coefficients[0] + fit.coefficients[1], std::log(9.0 / 50), 0.02);
  EXPECT_LT(fit.coefficients[0], std::log(0.2 / 30));
}

class LaplaceGradient : public testing::TestWithParam<RegionEffects::Kind> {};

TEST_P(LaplaceGradient, IsThatOfDifferences) {
  auto const cells = twelve_regions();
  auto const effects = effects_of(GetParam());
  std::vector<double> at{-1.1, 0.3, std::log(0.4)};
  if (GetParam() == RegionEffects::Kind::nested) at.push_back(std::log(0.25));
  if (GetParam() == RegionEffects::Kind::bym2) at.push_back(0.7);
  for (SdPrior const prior :
       {SdPrior{}, SdPrior{SdPrior::Kind::half_normal, 0.5, 0}, SdPrior{SdPrior::Kind::pc, 1, 0.05}}) {
    auto const analytic = laplace_log_likelihood(cells, effects, prior, at).gradient;
    for (std::size_t k = 0; k < at.size(); ++k) {
      constexpr double h = 1e-5;
      auto above = at;
      auto below = at;
      above[k] += h;
      below[k] -= h;
      double const difference = (laplace_log_likelihood(cells, effects, prior, above).value -
                                 laplace_log_likelihood(cells, effects, prior, below).value) /
                                (2 * h);
      EXPECT_NEAR(analytic[k], difference, 1e-6 * (1 + std::abs(difference))) << "parameter " << k;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllKinds, LaplaceGradient,
                         testing::Values(RegionEffects::Kind::pooled, RegionEffects::Kind::nested,
                                         RegionEffects::Kind::icar, RegionEffects::Kind::bym2));

TEST(MixedPoisson, CorrelatedAndIndependentPathsAgree) {
  auto const cells = twelve_regions();
  auto const pooled = effects_of(RegionEffects::Kind::pooled);
  auto nested = effects_of(RegionEffects::Kind::nested);
  std::vector<double> const at{-1.1, 0.3, std::log(0.4)};
  std::vector<double> const without_counties{-1.1, 0.3, std::log(0.4), -std::numeric_limits<double>::infinity()};
  auto const a = laplace_log_likelihood(cells, pooled, {}, at);
  auto const b = laplace_log_likelihood(cells, nested, {}, without_counties);
  EXPECT_NEAR(a.value, b.value, 1e-10);
  for (std::size_t k = 0; k < at.size(); ++k) EXPECT_NEAR(a.gradient[k], b.gradient[k], 1e-8);
  EXPECT_EQ(b.gradient[3], 0);
}

/// The covariance of nested effects written out, which takes the dense path: sd_county² (C + ratio I).
RegionEffects written_out(RegionEffects const& nested, double ratio) {
  RegionEffects dense{RegionEffects::Kind::icar, {}, {nested.county.size(), {}}};
  for (std::size_t i = 0; i < nested.county.size(); ++i) {
    for (std::size_t j = 0; j < nested.county.size(); ++j)
      dense.neighbours.values.push_back((nested.county[i] == nested.county[j] ? 1 : 0) + (i == j ? ratio : 0));
  }
  return dense;
}

TEST(MixedPoisson, CountiesGiveTheNumbersOfTheDenseMatrix) {
  auto const cells = twelve_regions();
  auto const nested = effects_of(RegionEffects::Kind::nested);
  for (auto const& [of_region, of_county] : {std::pair{0.4, 0.25}, std::pair{0.05, 1.5}, std::pair{1.2, 0.01}}) {
    double const ratio = of_region * of_region / (of_county * of_county);
    auto const own = laplace_log_likelihood(cells, nested, {}, {-1.1, 0.3, std::log(of_region), std::log(of_county)});
    auto const dense = laplace_log_likelihood(cells, written_out(nested, ratio), {}, {-1.1, 0.3, std::log(of_county)});
    EXPECT_NEAR(own.value, dense.value, 1e-9 * std::abs(dense.value));
    for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(own.gradient[k], dense.gradient[k], 1e-9 * 100);
    EXPECT_NEAR(own.gradient[2] + own.gradient[3], dense.gradient[2], 1e-9 * 100);
  }
}

TEST(MixedPoisson, CountiesFitAsTheDenseMatrixDoes) {
  auto cells = twelve_regions();
  auto const nested = effects_of(RegionEffects::Kind::nested);
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    constexpr std::array of_county{0.5, 1.0, 2.0};
    cells.events[row] = std::round(cells.events[row] * of_county.at(nested.county[cells.region[row]]));
  }
  SdPrior const prior{};
  auto const own = fit_mixed_poisson(cells, nested, prior);
  ASSERT_GT(own.sd[1], 0);
  auto const dense = fit_mixed_poisson(cells, written_out(nested, std::pow(own.sd[0] / own.sd[1], 2)), prior);
  EXPECT_NEAR(dense.sd[0], own.sd[1], 1e-4);
  EXPECT_NEAR(dense.fixed.log_likelihood, own.fixed.log_likelihood, 1e-8);
  for (std::size_t r = 0; r < 12; ++r) {
    EXPECT_NEAR(dense.effect[r], own.effect[r], 1e-4);
    EXPECT_NEAR(dense.effect_se[r], own.effect_se[r], 1e-4);
    EXPECT_NEAR(dense.borrowed[r], own.borrowed[r], 1e-4);
  }
}

/// With a proper prior, errors are integrated over the sds.
TEST(MixedPoisson, AnSdThatIsKnownLooselyWidensIntervals) {
  PoissonCells cells;
  cells.terms = 1;
  cells.regions = 6;
  for (std::uint32_t r = 0; r < 6; ++r) cells.add_row(10 + r % 2, 100, {{0, 1}}, r);
  auto const known = fit_mixed_poisson(cells, {}, {});
  auto const loose = fit_mixed_poisson(cells, {}, {SdPrior::Kind::half_normal, 1, 0});
  EXPECT_EQ(known.sd[0], 0);
  EXPECT_EQ(loose.sd[0], 0);
  EXPECT_EQ(known.covariance(1, 1), 0);
  EXPECT_GT(std::sqrt(loose.covariance(1, 1)), 0.05);
  EXPECT_LT(std::sqrt(loose.covariance(1, 1)), 0.3);
  EXPECT_GT(loose.covariance(0, 0), known.covariance(0, 0));
  EXPECT_LT(loose.covariance(0, 1), 0);
}

/// Mean squared errors of the intercept and of the effects, and their products, under the exact posterior: sums over
/// fine grids of intercept, sd and effect.
class ExactPosterior {
 public:
  ExactPosterior(PoissonCells const& cells, MixedFit const& fit)
      : cells_{cells}, fit_{fit}, of_effect(cells.rows()), product(cells.rows()) {
    double const centre = fit.fixed.coefficients[0];
    for (double sd = 0.01; sd < 3; sd += 0.02) {
      for (double b = centre - 1.6; b < centre + 1.6; b += 0.04) add(b, sd);
    }
    of_intercept /= all_;
    for (double& sum : of_effect) sum /= all_;
    for (double& sum : product) sum /= all_;
  }

 private:
  void add(double intercept, double sd) {
    constexpr int steps = 60;
    double weight = std::exp(-sd * sd / 2);
    std::vector<double> first;
    std::vector<double> second;
    for (std::size_t r = 0; r < cells_.rows(); ++r) {
      double likelihood = 0;
      double moment = 0;
      double square = 0;
      double const at_best =
          cells_.events[r] * fit_.fixed.coefficients[0] - cells_.exposure[r] * std::exp(fit_.fixed.coefficients[0]);
      for (int i = -steps; i <= steps; ++i) {
        double const z = 5.0 * i / steps;
        double const v = sd * z;
        double const density = std::exp(-z * z / 2 + cells_.events[r] * (intercept + v) -
                                        cells_.exposure[r] * std::exp(intercept + v) - at_best);
        likelihood += density;
        moment += density * (v - fit_.effect[r]);
        square += density * (v - fit_.effect[r]) * (v - fit_.effect[r]);
      }
      weight *= likelihood / steps;
      first.push_back(moment / likelihood);
      second.push_back(square / likelihood);
    }
    double const apart = intercept - fit_.fixed.coefficients[0];
    all_ += weight;
    of_intercept += weight * apart * apart;
    for (std::size_t r = 0; r < cells_.rows(); ++r) {
      of_effect[r] += weight * second[r];
      product[r] += weight * apart * first[r];
    }
  }

  PoissonCells const& cells_;
  MixedFit const& fit_;
  double all_{0};

 public:
  double of_intercept{0};
  std::vector<double> of_effect, product;
};

TEST(MixedPoisson, ErrorsAreThoseOfTheExactPosterior) {
  for (double const apart : {0.05, 0.6}) {
    PoissonCells cells;
    cells.terms = 1;
    cells.regions = 7;
    for (std::uint32_t r = 0; r < 7; ++r) {
      double const exposure = 40 + 15.0 * r;
      cells.add_row(std::round(exposure * 0.3 * std::exp(apart * std::sin(2.0 * r))), exposure, {{0, 1}}, r);
    }
    auto const fit = fit_mixed_poisson(cells, {}, {SdPrior::Kind::half_normal, 1, 0});
    ExactPosterior const exact{cells, fit};
    EXPECT_NEAR(std::sqrt(fit.covariance(0, 0) / exact.of_intercept), 1, 0.06) << apart;
    for (std::size_t r = 0; r < 7; ++r) {
      double const of_effect = fit.covariance(1 + r, 1 + r);
      EXPECT_NEAR(std::sqrt(of_effect / exact.of_effect[r]), 1, 0.06) << apart << ", " << r;
      EXPECT_NEAR(fit.covariance(0, 1 + r), exact.product[r], 0.1 * std::sqrt(of_effect * exact.of_intercept));
    }
  }
}

TEST(MixedPoisson, EveryKindConvergesAndShrinks) {
  auto const cells = twelve_regions();
  for (auto const kind : {RegionEffects::Kind::pooled, RegionEffects::Kind::nested, RegionEffects::Kind::icar,
                          RegionEffects::Kind::bym2}) {
    auto const fit = fit_mixed_poisson(cells, effects_of(kind), {});
    EXPECT_TRUE(fit.fixed.converged);
    EXPECT_GT(fit.sd[0], 0.1);
    EXPECT_GE(fit.fixed.log_likelihood, fit_poisson(cells).log_likelihood);
    for (std::size_t r = 0; r < 12; ++r) {
      EXPECT_GE(fit.borrowed[r], 0);
      EXPECT_LE(fit.borrowed[r], 1);
      EXPECT_GE(fit.covariance(2 + r, 2 + r), fit.effect_se[r] * fit.effect_se[r] - 1e-12);
    }
  }
}

TEST(MixedPoisson, EqualRegionsHaveAnSdOfZero) {
  PoissonCells cells;
  cells.terms = 1;
  cells.regions = 6;
  for (std::uint32_t r = 0; r < 6; ++r) cells.add_row(10 + r % 2, 100, {{0, 1}}, r);
  auto const fit = fit_mixed_poisson(cells, {}, {});
  EXPECT_TRUE(fit.at_zero);
  EXPECT_TRUE(fit.fixed.converged);
  EXPECT_EQ(fit.sd[0], 0);
  EXPECT_TRUE(std::isnan(fit.sd_se[0]));
  EXPECT_NEAR(fit.fixed.coefficients[0], std::log(63.0 / 600), 1e-8);
  for (double const borrowed : fit.borrowed) EXPECT_EQ(borrowed, 1);
}

TEST(MixedPoisson, RegionWithoutPersonTimeTakesThePrior) {
  auto cells = twelve_regions();
  cells.regions = 13;
  auto const fit = fit_mixed_poisson(cells, {}, {});
  EXPECT_EQ(fit.effect[12], 0);
  EXPECT_NEAR(fit.effect_se[12], fit.sd[0], 1e-12);
  EXPECT_EQ(fit.borrowed[12], 1);
}

TEST(ScaledGraph, EachComponentHasGeometricMeanVarianceOne) {
  auto const graph = scaled_graph(12, ring_and_islands());
  EXPECT_EQ(graph.singletons, 2U);
  ASSERT_EQ(graph.scaling.size(), 2U);
  EXPECT_NEAR(graph.scaling[0], 5.0 / 16, 1e-12);  // of a ring of four: (n² − 1) / 12n
  EXPECT_EQ(graph.covariance(11, 11), 1);
  EXPECT_EQ(graph.covariance(0, 11), 0);
  EXPECT_NEAR(graph.covariance(0, 0), 1, 1e-12);
  double of_line = 0;
  for (std::size_t r = 4; r < 10; ++r) of_line += std::log(graph.covariance(r, r));
  EXPECT_NEAR(of_line, 0, 1e-12);
}

}  // namespace
}  // namespace utvei
