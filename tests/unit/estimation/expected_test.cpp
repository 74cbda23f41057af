// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/estimation/residual_variance.hpp"
#include "regional_exposure.hpp"

#include <utvei/estimation/expected.hpp>
#include <utvei/estimation/hold_out.hpp>

#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/LU>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;
using testing::HasSubstr;
using testing::Not;

constexpr TransitionId only{0};

/// Cells of age × region, of which the fit knows the age.
struct ByAge {
  RegionalExposure data{{30, 5, 12, 9, 50, 31}, {100, 20, 50, 40, 200, 80}};
  Exposure fitted_to, wider;
  Fit fit;
  ByAge() {
    data.divide_by_age();
    fitted_to = summed_over_regions(data.exposure);
    data.options.region = RegionEffect::none;
    fit = utvei::fit(fitted_to, data.model, data.options);
    // The further axis is the last: age, then region.
    wider = data.exposure;
    std::swap(wider.axes[0], wider.axes[1]);
    for (std::size_t region = 0; region < 3; ++region) {
      for (std::size_t age = 0; age < 2; ++age) {
        wider.events[only][age * 3 + region] = data.exposure.events[only][region * 2 + age];
        wider.minutes[StateId{0}][age * 3 + region] = data.exposure.minutes[StateId{0}][region * 2 + age];
      }
    }
  }
};

TEST(ExpectedEvents, OfOneRateAreThoseOfPearson) {
  RegionalExposure data{{30, 0, 12}, {100, 20, 50}};
  auto const all = summed_over_regions(data.exposure);
  auto const fitted = fit(all, data.model, data.options);
  auto const terms = expected_events(all, {data.exposure}, fitted, data.model, data.options);
  ASSERT_EQ(terms.size(), 1U);
  EXPECT_EQ(terms[0].term, "region");
  EXPECT_FALSE(terms[0].in_model);
  EXPECT_EQ(terms[0].degrees_of_freedom, 2);
  double pearson = 0;
  std::vector<double> const years{100, 20, 50};
  std::vector<double> const events{30, 0, 12};
  for (std::size_t r = 0; r < 3; ++r) {
    double const expected = 42 * years[r] / 170;
    pearson += std::pow(events[r] - expected, 2) / expected;
    EXPECT_NEAR(terms[0].levels[r].expected, expected, 1e-9);
    EXPECT_NEAR(terms[0].levels[r].z.value(), (events[r] - expected) / std::sqrt(expected * (1 - years[r] / 170)),
                1e-7);
  }
  EXPECT_NEAR(terms[0].chi_square, pearson, 1e-6);
  EXPECT_NEAR(terms[0].p_value.value(), std::exp(-pearson / 2), 1e-7);  // of two degrees of freedom
}

TEST(ExpectedEvents, OfATermInTheModelAreTheEvents) {
  ByAge const it;
  auto const terms = expected_events(it.fitted_to, {it.wider}, it.fit, it.data.model, it.data.options);
  ASSERT_EQ(terms.size(), 2U);
  EXPECT_TRUE(terms[0].in_model);
  EXPECT_EQ(terms[0].degrees_of_freedom, 0);
  for (auto const& level : terms[0].levels) {
    EXPECT_NEAR(level.expected, static_cast<double>(level.events), 1e-6);
    EXPECT_FALSE(level.z);
    EXPECT_EQ(flag_of(level), "");
  }
}

TEST(ExpectedEvents, CountTheParametersThatWereEstimated) {
  ByAge const it;
  auto const terms = expected_events(it.fitted_to, {it.wider}, it.fit, it.data.model, it.data.options);
  // W − W X (X'WX)⁻¹ X'W, by hand: six cells, intercept and second age.
  VectorXd mean(6);
  MatrixXd x = MatrixXd::Zero(6, 2);
  MatrixXd g = MatrixXd::Zero(6, 3);
  VectorXd events(6);
  for (std::size_t cell = 0; cell < 6; ++cell) {
    auto const i = static_cast<Eigen::Index>(cell);
    mean[i] = it.fit.cells[cell / 3].rate * in_years(Duration{it.wider.minutes[StateId{0}][cell]});
    x(i, 0) = 1;
    x(i, 1) = cell >= 3 ? 1 : 0;
    g(i, i % 3) = 1;
    events[i] = static_cast<double>(it.wider.events[only][cell]);
  }
  MatrixXd const w = mean.asDiagonal();
  MatrixXd const residual = w - w * x * (x.transpose() * w * x).ldlt().solve(x.transpose() * w);
  MatrixXd const covariance = g.transpose() * residual * g;
  VectorXd const difference = g.transpose() * (events - mean);
  for (Eigen::Index r = 0; r < 3; ++r) {
    EXPECT_NEAR(terms[1].levels[static_cast<std::size_t>(r)].z.value(), difference[r] / std::sqrt(covariance(r, r)),
                1e-6);
  }
  EXPECT_EQ(terms[1].degrees_of_freedom, 2);
  // Any two regions say what the third does.
  double const statistic = difference.head(2).dot(covariance.topLeftCorner(2, 2).ldlt().solve(difference.head(2)));
  EXPECT_NEAR(terms[1].chi_square, statistic, 1e-6);
}

TEST(ResidualVariance, OfRegionsThatBorrowIsThatOfAMixedModel) {
  std::vector<RateCell> cells;
  std::vector<double> const means{4, 9, 2, 12, 7, 5};
  for (std::uint32_t i = 0; i < 6; ++i) {
    RateCell cell;
    cell.rate = means[i];
    cell.person_years = 1;
    cell.effects.places =
        i % 2 == 0 ? std::vector<std::uint32_t>{0, 2 + i / 2} : std::vector<std::uint32_t>{0, 1, 2 + i / 2};
    cells.push_back(cell);
  }
  std::vector<RateCell const*> pointers;
  for (auto const& cell : cells) pointers.push_back(&cell);
  MatrixXd const k{{.5, .1, 0}, {.1, .4, .2}, {0, .2, .3}};
  ResidualVariance const variance{pointers, 5, k};
  MatrixXd x(6, 2);
  MatrixXd a = MatrixXd::Zero(6, 3);
  std::vector<GroupWeights> groups;
  for (Eigen::Index i = 0; i < 6; ++i) {
    x(i, 0) = 1;
    x(i, 1) = static_cast<double>(i % 2);
    a(i, i / 2) = 1;
    GroupWeights group{means[static_cast<std::size_t>(i)], VectorXd::Zero(5)};
    for (std::uint32_t const place : cells[static_cast<std::size_t>(i)].effects.places)
      group.by_effect[place] = group.total;
    groups.push_back(group);
  }
  VectorXd const w = VectorXd::Map(means.data(), 6);
  MatrixXd const v = MatrixXd{w.cwiseInverse().asDiagonal()} + a * k * a.transpose();
  MatrixXd const inverse = v.inverse();
  MatrixXd const p = inverse - inverse * x * (x.transpose() * inverse * x).inverse() * x.transpose() * inverse;
  EXPECT_LT((variance.covariance(groups) - p).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(ExpectedEvents, OfRegionsThatBorrowShowWhoIsFarOut) {
  std::vector<std::int64_t> events(20, 100);
  for (std::size_t r = 0; r < events.size(); ++r) events[r] += static_cast<std::int64_t>(r % 5) * 4 - 8;
  events[7] = 180;
  RegionalExposure data{events, std::vector<double>(20, 100)};
  data.options.region = RegionEffect::pooled;
  auto const fitted = fit(data.exposure, data.model, data.options);
  auto const terms = expected_events(data.exposure, {}, fitted, data.model, data.options);
  ASSERT_EQ(terms.size(), 1U);
  EXPECT_TRUE(terms[0].in_model);
  for (std::size_t r = 0; r < 20; ++r) EXPECT_EQ(flag_of(terms[0].levels[r]), r == 7 ? "high" : "") << r;
}

TEST(ExpectedEvents, OfRawRatesAreMultinomialInEachCell) {
  ByAge it;
  it.data.options.method = Method::raw;
  auto const raw = fit(it.fitted_to, it.data.model, it.data.options);
  auto const terms = expected_events(it.fitted_to, {it.wider}, raw, it.data.model, it.data.options);
  // The log-linear model of one term has a rate for each cell as well.
  auto const same = expected_events(it.fitted_to, {it.wider}, it.fit, it.data.model, it.data.options);
  EXPECT_EQ(terms[0].degrees_of_freedom, 0);
  EXPECT_NEAR(terms[1].chi_square, same[1].chi_square, 1e-6);
  EXPECT_NEAR(terms[1].levels[1].z.value(), same[1].levels[1].z.value(), 1e-6);
}

TEST(ExpectedEvents, OfFewAreNotToldOutside) {
  ExpectedTerm const term{only, "region", false, {{"r1", 3, 20.0, -4.0}, {"r2", 40, 20.0, 4.5}}, 36, 2, 1e-8};
  RegionalExposure const data{{1}, {1}};
  auto const outside = describe_expected({term}, data.model, 5);
  EXPECT_THAT(outside, HasSubstr("region=r2: 40 events, 20.0 expected, ratio 2.00, z +4.5"));
  EXPECT_THAT(outside, Not(HasSubstr("r1")));
  EXPECT_THAT(outside, HasSubstr("1 more with fewer than 5 events"));
  EXPECT_THAT(describe_expected({term}, data.model, 0), HasSubstr("region=r1: 3 events"));
  EXPECT_EQ(nlohmann::json::parse(expected_json({term}, data.model, 5))[0].at("levels").size(), 1U);
  EXPECT_EQ(to_csv(expected_table({term}, data.model)),
            "from,to,term,level,in_model,events,expected,ratio,z,flag\n"
            "a,b,region,r1,no,3,20,0.15,-4,low\na,b,region,r2,no,40,20,2,4.5,high\n");
}

}  // namespace
}  // namespace utvei
