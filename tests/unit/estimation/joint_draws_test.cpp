// SPDX-License-Identifier: Apache-2.0
// Draws of a fit: cells of one model vary together as the covariance of its estimates says.
#include "regional_exposure.hpp"

#include <utvei/estimation/fit.hpp>

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::size_t regions = 5;
constexpr std::size_t cells = regions * 2;

/// Five regions, of which the last has nobody, by two bands of age.
class JointDraws : public testing::Test {
 protected:
  JointDraws() {
    data_.divide_by_age();
    data_.options.region = RegionEffect::pooled;
    data_.options.sd_prior = {};
  }
  [[nodiscard]] Fit fitted() const { return fit(data_.exposure, data_.model, data_.options); }
  [[nodiscard]] Rates rates() const { return to_rates(fitted()); }
  [[nodiscard]] std::vector<double> factors(Rates const& of, std::uint32_t draw) const {
    return draw_rate_factors(data_.model, of, 42, draw);
  }

  /// The same rows for fit_mixed_poisson itself: intercept and the second band.
  [[nodiscard]] PoissonCells rows() const {
    PoissonCells rows;
    rows.terms = 2;
    rows.regions = regions;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      if (minutes()[cell] == 0) continue;
      std::vector<std::pair<std::uint32_t, double>> entries{{0, 1}};
      if (cell % 2 == 1) entries.emplace_back(1, 1);
      rows.add_row(static_cast<double>(events()[cell]), in_years(Duration{minutes()[cell]}), entries,
                   static_cast<std::uint32_t>(cell / 2));
    }
    return rows;
  }
  /// Of the log rates of two cells.
  static double covariance(MixedFit const& fit, std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t const i : places(a)) {
      for (std::size_t const j : places(b)) sum += fit.covariance(i, j);
    }
    return sum;
  }
  static std::vector<std::size_t> places(std::size_t cell) {
    std::vector<std::size_t> result{0, 2 + cell / 2};
    if (cell % 2 == 1) result.push_back(1);
    return result;
  }

  [[nodiscard]] std::vector<std::int64_t> const& minutes() const { return data_.exposure.minutes[StateId{0}]; }
  [[nodiscard]] std::vector<std::int64_t> const& events() const { return data_.exposure.events[TransitionId{0}]; }

  RegionalExposure data_{{30, 9, 40, 10, 20, 20, 45, 1, 0, 0}, {90, 60, 200, 120, 40, 70, 300, 10, 0, 0}};
};

TEST_F(JointDraws, HaveTheMeanAndCovarianceOfTheFit) {
  auto const mixed = fit_mixed_poisson(rows(), {}, {});
  auto const drawn = rates();
  ASSERT_EQ(drawn.rates.size(), cells);
  ASSERT_EQ(drawn.models.size(), 1U);
  EXPECT_GT(mixed.sd[0], 0.1);
  constexpr std::uint32_t draws = 20'000;
  std::vector<double> sums(cells, 0);
  std::vector<double> products(cells * cells, 0);
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    auto const moved = factors(drawn, draw);
    for (std::size_t a = 0; a < cells; ++a) {
      sums[a] += std::log(moved[a]);
      for (std::size_t b = 0; b < cells; ++b) products[a * cells + b] += std::log(moved[a]) * std::log(moved[b]);
    }
  }
  for (std::size_t a = 0; a < cells; ++a) {
    double const variance = covariance(mixed, a, a);
    EXPECT_NEAR(*drawn.rates[a].log_se, std::sqrt(variance), 1e-6);
    EXPECT_NEAR(sums[a] / draws, 0, 4 * std::sqrt(variance / draws)) << a;
    for (std::size_t b = 0; b < cells; ++b) {
      double const expected = covariance(mixed, a, b);
      double const error = std::sqrt((variance * covariance(mixed, b, b) + expected * expected) / draws);
      EXPECT_NEAR(products[a * cells + b] / draws, expected, 4.5 * error) << a << ", " << b;
    }
  }
}

TEST_F(JointDraws, MoveAllCellsOfARegionTogether) {
  auto const drawn = rates();
  for (std::uint32_t draw = 0; draw < 20; ++draw) {
    auto const moved = factors(drawn, draw);
    // The two bands of a region differ by what the coefficient of the second band does, everywhere the same.
    for (std::size_t region = 1; region < regions; ++region)
      EXPECT_NEAR(moved[2 * region + 1] / moved[2 * region], moved[1] / moved[0], 1e-12);
    EXPECT_GT(std::abs(std::log(moved[2] / moved[0])), 1e-6) << "regions differ";
  }
}

TEST_F(JointDraws, OfARegionWithoutPeopleComeFromThePrior) {
  auto const mixed = fit_mixed_poisson(rows(), {}, {});
  EXPECT_EQ(mixed.effect[4], 0);
  EXPECT_NEAR(mixed.covariance(6, 6), mixed.sd[0] * mixed.sd[0], 1e-9);
  EXPECT_NEAR(mixed.covariance(6, 0), 0, 1e-12);
  auto const whole = fitted();
  EXPECT_EQ(whole.models[0].effects.back(), "region=r4");
  EXPECT_GT(whole.cells[8].log_se.value(), whole.cells[6].log_se.value());
}

TEST_F(JointDraws, LeaveWhatIsFixedAlone) {
  // Nobody is in the second band: its coefficient is aliased, and certain.
  for (std::size_t cell = 1; cell < cells; cell += 2) {
    data_.exposure.minutes[StateId{0}][cell] = 0;
    data_.exposure.events[TransitionId{0}][cell] = 0;
  }
  auto const drawn = rates();
  auto const moved = factors(drawn, 0);
  EXPECT_NE(moved[0], 1);
  EXPECT_EQ(moved[0], moved[1]);
}

TEST_F(JointDraws, KeepARateWithoutEventsAtZero) {
  data_.exposure.events[TransitionId{0}].assign(cells, 0);
  auto const drawn = rates();
  EXPECT_TRUE(drawn.models.empty());
  for (double const factor : factors(drawn, 0)) EXPECT_EQ(factor, 1);
  EXPECT_EQ(drawn.rates[0].rate_per_year, 0);
}

}  // namespace
}  // namespace utvei
