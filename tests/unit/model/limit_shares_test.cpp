// SPDX-License-Identifier: Apache-2.0
#include "scratch.hpp"

#include <utvei/model/limit_shares.hpp>

#include <cmath>
#include <numeric>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view estimated_model = R"(utvei: model/1
states:
  work: {}
  aap: {limit: {after: 3 years, to: estimated}}
  disability: {absorbing: true}
transitions:
  - {from: work, to: aap, rate_per_year: 1}
rates: rates.h5
)";

constexpr StateId work{0};
constexpr StateId aap{1};
constexpr StateId disability{2};

LimitShares shares_with(std::vector<double> alpha) {
  return {aap, Duration{3 * minutes_per_year}, {work, disability, aap}, {{std::nullopt, std::move(alpha)}}};
}

class LimitSharesTest : public ScratchTest {
 protected:
  [[nodiscard]] std::string messages() const { return render(diagnostics_); }
};

/// Shares of a row by place in `to` of shares_with.
std::vector<double> all_shares(Destinations const& destinations) {
  auto const& row = destinations.rows.front();
  std::vector<double> result{0, 0, row.stay};
  for (DestinationShare const& share : row.shares) result[share.to.value() == 2 ? 1 : 0] = share.share * (1 - row.stay);
  return result;
}

TEST_F(LimitSharesTest, MeansFillALimitThatIsLeftToEstimates) {
  Model model = read(estimated_model);
  EXPECT_EQ(messages(), "");
  EXPECT_TRUE(lets_stay(model.states[aap].limits[0]));
  EXPECT_EQ(stay_of(model.states[aap].limits[0]), std::nullopt);
  Rates rates;
  rates.limits.push_back(shares_with({2, 3, 5}));
  settle_limits(model, rates, diagnostics_);
  EXPECT_EQ(messages(), "");
  auto const& row = model.states[aap].limits[0].to.rows.at(0);
  EXPECT_DOUBLE_EQ(row.stay, 0.5);
  ASSERT_EQ(row.shares.size(), 2U);
  EXPECT_DOUBLE_EQ(row.shares[0].share, 0.4);
  EXPECT_DOUBLE_EQ(row.shares[1].share, 0.6);
}

TEST_F(LimitSharesTest, AreMissedAtTheLimit) {
  Model model = read(estimated_model);
  Rates rates;
  settle_limits(model, rates, diagnostics_);
  EXPECT_THAT(messages(), HasSubstr("where people go who reach the limit of `aap` after 3 years is not known"));
  EXPECT_THAT(messages(), HasSubstr("write `limits: [aap]` under `estimate`"));
  rates.limits.push_back(shares_with({2, 3, 5}));
  rates.limits.back().after = Duration{4 * minutes_per_year};
  settle_limits(model, rates, diagnostics_);
  EXPECT_THAT(messages(), HasSubstr("it has those of the limit after 4 years"));
}

TEST_F(LimitSharesTest, DrawsHaveTheMomentsOfDirichlet) {
  Model const model = read(estimated_model);
  for (std::vector<double> const& alpha : {std::vector{2.0, 3.0, 5.0}, std::vector{0.3, 0.15, 0.8}}) {
    double const sum = std::accumulate(alpha.begin(), alpha.end(), 0.0);
    constexpr int draws = 40'000;
    std::vector<double> mean(3);
    std::vector<double> square(3);
    double cross = 0;
    for (std::uint32_t draw = 0; draw < draws; ++draw) {
      auto const x = all_shares(draw_destinations(shares_with(alpha), model, 11, draw, {}));
      ASSERT_NEAR(x[0] + x[1] + x[2], 1, 1e-12);
      for (std::size_t k = 0; k < 3; ++k) {
        mean[k] += x[k] / draws;
        square[k] += x[k] * x[k] / draws;
      }
      cross += x[0] * x[2] / draws;
    }
    for (std::size_t k = 0; k < 3; ++k) {
      double const expected = alpha[k] / sum;
      double const variance = expected * (1 - expected) / (sum + 1);
      EXPECT_NEAR(mean[k], expected, 4 * std::sqrt(variance / draws));
      EXPECT_NEAR(square[k] - mean[k] * mean[k], variance, 0.04 * variance);
    }
    EXPECT_NEAR(cross - mean[0] * mean[2], -alpha[0] * alpha[2] / (sum * sum * (sum + 1)), 0.004 / (sum + 1));
  }
}

TEST_F(LimitSharesTest, DrawsAreKeyedByNamesNotByOrder) {
  Model const model = read(estimated_model);
  auto const one = all_shares(draw_destinations(shares_with({2, 3, 5}), model, 11, 7, {}));
  LimitShares other{aap, Duration{3 * minutes_per_year}, {aap, disability, work}, {{std::nullopt, {5, 3, 2}}}};
  auto const again = all_shares(draw_destinations(other, model, 11, 7, {}));
  for (std::size_t k = 0; k < 3; ++k) EXPECT_DOUBLE_EQ(one[k], again[k]);
  EXPECT_NE(one, all_shares(draw_destinations(shares_with({2, 3, 5}), model, 11, 8, {})));
  EXPECT_NE(one, all_shares(draw_destinations(shares_with({2, 3, 5}), model, 12, 7, {})));
}

TEST_F(LimitSharesTest, SharesThatAreNothingStayNothing) {
  Model const model = read(estimated_model);
  auto const all_stay = draw_destinations(shares_with({0, 0, 4}), model, 1, 0, {});
  EXPECT_EQ(all_stay.rows[0].stay, 1);
  EXPECT_TRUE(all_stay.rows[0].shares.empty());
  auto const none_stay = draw_destinations(shares_with({4, 0, 0}), model, 1, 0, {});
  EXPECT_EQ(none_stay.rows[0].stay, 0);
  ASSERT_EQ(none_stay.rows[0].shares.size(), 1U);
  EXPECT_EQ(none_stay.rows[0].shares[0].share, 1);
  for (std::uint32_t draw = 0; draw < 200; ++draw) {
    auto const x = all_shares(draw_destinations(shares_with({0.001, 0.002, 0.001}), model, 1, draw, {}));
    EXPECT_NEAR(x[0] + x[1] + x[2], 1, 1e-12);
  }
}

TEST_F(LimitSharesTest, TablesMaySayWhoStays) {
  write("shares.csv", "to;share;data_class\nwork;0.2;open\ndisability;0.3;open\nstay;0.5;open\n");
  Model const model = read(
      "utvei: model/1\nstates:\n  work: {}\n  aap: {limit: {after: 3 years, to: shares.csv}}\n"
      "  disability: {absorbing: true}\ntransitions:\n  - {from: work, to: aap, rate_per_year: 1}\n");
  EXPECT_EQ(messages(), "");
  auto const& row = model.states[aap].limits[0].to.rows.at(0);
  EXPECT_DOUBLE_EQ(row.stay, 0.5);
  EXPECT_DOUBLE_EQ(row.shares[0].share, 0.4);
  EXPECT_EQ(model.data_class, "open");
  EXPECT_EQ(read_rates(model, diagnostics_).data_class, "open");
}

TEST_F(LimitSharesTest, WhoStaysIsSaidOnce) {
  write("shares.csv", "to;share\nwork;0.2\ndisability;0.3\nstay;0.5\n");
  read(
      "utvei: model/1\nstates:\n  work: {}\n  aap: {limit: {after: 3 years, stay: 0.5, to: shares.csv}}\n"
      "  disability: {absorbing: true, limit: {after: 1 years, stay: 1, to: estimated}}\n"
      "transitions:\n  - {from: work, to: aap, rate_per_year: 1}\n");
  EXPECT_THAT(problems(), ElementsAre("model.yaml:4:39: limit of `aap`: who stays is said twice",
                                      "model.yaml:5:63: limit of `disability`: who stays is said twice"));
}

}  // namespace
}  // namespace utvei
