// SPDX-License-Identifier: Apache-2.0
#include "unit/register/small_study.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/tables.hpp>

#include <cmath>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::Contains;
using testing::HasSubstr;

/// An exposure of two regions of a county and one above them, and two age bands, without spells.
class LogLinear : public testing::Test {
 protected:
  void SetUp() override {
    study_ = small_.read_the_study();
    Model const& model = study_.model;
    CellAxis region{CellAxis::Kind::region, "region", {}, {}, {}, {}};
    for (std::string const code : {"4204", "4203"}) {
      region.regions.push_back(model.regions.find(code).value());
      region.labels.push_back(code);
    }
    exposure_.axes = {region, clock_axis(CellAxis::Kind::age, {{0, 30 * minutes_per_year}, {"0", "30"}})};
    exposure_.cells = 4;
    exposure_.minutes =
        Column<StateId, std::vector<std::int64_t>>(model.states.size(), std::vector<std::int64_t>(4, 0));
    exposure_.events =
        Column<TransitionId, std::vector<std::int64_t>>(model.transitions.size(), std::vector<std::int64_t>(4, 0));
    exposure_.rule_changes.assign(model.states.size() * model.states.size(), 0);
    exposure_.unmodelled = exposure_.rule_changes;
    exposure_.minutes[StateId{0}] = {100 * minutes_per_year, 50 * minutes_per_year, 40 * minutes_per_year, 0};
    exposure_.minutes[StateId{1}] = exposure_.minutes[StateId{0}];
    exposure_.events[TransitionId{0}] = {60, 15, 1, 0};
    options_.method = Method::poisson;
  }
  [[nodiscard]] Fit fitted(RegionEffect region, std::size_t threads = 1) {
    options_.region = region;
    return fit(exposure_, study_.model, options_, threads);
  }

  SmallStudy small_{study_with_persons};
  Study study_;
  Exposure exposure_;
  EstimateOptions options_;
};

TEST_F(LogLinear, FixedRegionsAndBandsHaveTheirCoefficients) {
  auto const fit = fitted(RegionEffect::fixed);
  ASSERT_GE(fit.coefficients.size(), 3U);
  EXPECT_EQ(fit.coefficients[0].term, "(intercept)");
  EXPECT_EQ(fit.coefficients[1].term, "region=4203");
  EXPECT_EQ(fit.coefficients[2].term, "age=[30,)");
  EXPECT_NEAR(fit.coefficients[0].estimate, std::log(0.6), 1e-9);
  EXPECT_NEAR(fit.coefficients[1].estimate, std::log(0.025 / 0.6), 1e-6);
  EXPECT_NEAR(fit.coefficients[2].estimate, std::log(0.5), 1e-9);
  EXPECT_NEAR(fit.coefficients[2].se.value(), std::sqrt(1.0 / 60 + 1.0 / 15), 1e-9);
  EXPECT_NEAR(fit.cells[3].rate, 0.0125, 1e-7);  // nobody was there: the product of effects
  EXPECT_EQ(fit.cells[3].source, RateSource::model);
  EXPECT_EQ(fit.cells[3].person_years, 0);
}

TEST_F(LogLinear, PooledRegionsShrinkAndSayHowMuch) {
  options_.sd_prior = {};
  auto const fit = fitted(RegionEffect::pooled);
  ASSERT_EQ(fit.regions.size(), 2U);
  auto const& few = fit.regions[1];
  EXPECT_EQ(few.region, "4203");
  EXPECT_GT(few.ratio, few.events / few.expected);
  EXPECT_LT(few.ratio, 1);
  EXPECT_GT(few.borrowed, fit.regions[0].borrowed);
  EXPECT_LT(few.low, few.ratio);
  EXPECT_GT(few.high, few.ratio);
  auto const text = summary_text(fit, study_.model);
  EXPECT_THAT(text, HasSubstr("how much each region borrows"));
  EXPECT_THAT(text, HasSubstr("4203 "));
  EXPECT_EQ(regions_table(fit, study_.model).rows.size(), 2U);
  EXPECT_THAT(to_csv(coefficients_table(fit, study_.model)), HasSubstr("a,b,sd(region),"));
}

TEST_F(LogLinear, OneCountyLeavesNothingToItsSd) {
  auto const fit = fitted(RegionEffect::nested);
  EXPECT_TRUE(fit.summary.transitions[0].converged);
  EXPECT_THAT(to_csv(coefficients_table(fit, study_.model)), HasSubstr("a,b,sd(county),0,\n"));
  EXPECT_THAT(fit.summary.transitions[0].warnings, Contains(HasSubstr("sd(county) is 0")));
}

TEST_F(LogLinear, SpatialRegionsNameTheirMixingAndIslands) {
  options_.neighbours = {{exposure_.axes[0].regions[0], exposure_.axes[0].regions[1]}};
  auto const fit = fitted(RegionEffect::spatial);
  EXPECT_TRUE(fit.summary.transitions[0].converged);
  EXPECT_THAT(to_csv(coefficients_table(fit, study_.model)), HasSubstr("a,b,mixing(region),"));
  options_.neighbours.clear();
  EXPECT_THAT(fitted(RegionEffect::spatial).summary.warnings, Contains(HasSubstr("2 of 2 regions have no neighbour")));
  options_.neighbours = {{exposure_.axes[0].regions[0], study_.model.regions.find("42").value()}};
  EXPECT_THAT(fitted(RegionEffect::spatial).summary.warnings, Contains(HasSubstr("1 of 1 pairs of neighbours")));
}

TEST_F(LogLinear, NoEventsGiveALimit) {
  auto const fit = fitted(RegionEffect::pooled);
  std::size_t limits = 0;
  for (auto const& cell : fit.cells) {
    if (cell.transition != TransitionId{1}) continue;
    EXPECT_EQ(cell.rate, 0);
    EXPECT_NEAR(cell.high, 3.688879 / 190, 1e-6);
    EXPECT_EQ(cell.source, RateSource::pooled_all);
    ++limits;
  }
  EXPECT_EQ(limits, 4U);
  EXPECT_THAT(fit.summary.transitions[1].warnings, Contains(HasSubstr("no events")));
}

TEST_F(LogLinear, SeparatedAndAliasedTermsAreNamed) {
  exposure_.events[TransitionId{0}] = {60, 0, 1, 0};
  EXPECT_THAT(fitted(RegionEffect::none).summary.transitions[0].warnings,
              Contains(HasSubstr("`age=[30,)` has no finite maximum-likelihood estimate")));
  exposure_.minutes[StateId{0}] = {100 * minutes_per_year, 0, 10 * minutes_per_year, 0};
  auto const fit = fitted(RegionEffect::pooled);
  EXPECT_THAT(fit.summary.transitions[0].warnings, Contains(HasSubstr("`age=[30,)` cannot be told from")));
  EXPECT_FALSE(fit.coefficients[1].se.has_value());
  for (auto const& cell : fit.cells) EXPECT_TRUE(std::isfinite(cell.rate));
}

TEST_F(LogLinear, AnyNumberOfThreadsFitsTheSame) {
  auto const one = fitted(RegionEffect::pooled, 1);
  auto const three = fitted(RegionEffect::pooled, 3);
  EXPECT_EQ(to_csv(coefficients_table(one, study_.model)), to_csv(coefficients_table(three, study_.model)));
  EXPECT_EQ(summary_json(one, study_.model), summary_json(three, study_.model));
}

}  // namespace
}  // namespace utvei
