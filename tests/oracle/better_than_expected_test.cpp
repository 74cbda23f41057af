// SPDX-License-Identifier: Apache-2.0
// Ratios of regions against lme4's, on three sets of data (oracles/lipcancer, ncsids, mvad).
#include "mvad_study.hpp"
#include "support/csv.hpp"
#include "support/oracle.hpp"

#include <utvei/analysis/expected_counts.hpp>
#include <utvei/analysis/expected_outcomes.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

RatioData lip_cancer_ratios(std::filesystem::path const& data, bool with_covariate) {
  RatioData lip;
  if (with_covariate) lip.covariates.emplace_back();
  for (auto const& row : support::read_csv(data / "data.csv")) {
    lip.observed.push_back(number(row, "observed"));
    lip.expected.push_back(number(row, "expected"));
    if (with_covariate) lip.covariates[0].push_back(number(row, "aff_percent") / 10);
  }
  return lip;
}

TEST(BetterThanExpected, RatiosOfLipCancerAreThoseOfLme4) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/lipcancer");
  auto const lip = lip_cancer_ratios(data, true);
  auto const model = fit_ratio_model(lip, {});
  EXPECT_TRUE(model.converged);
  EXPECT_NEAR(model.sd_region, 0.586831, 1e-4);
  EXPECT_NEAR(model.covariates.at(0).per_unit, 0.683055, 1e-4);
  EXPECT_NEAR(model.covariates[0].se, 0.139653847573397, 0.01 * 0.14);
  auto const reference = support::read_csv(data / "ref_relative_risks.csv");
  double all = 0;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    double const of_district = std::exp(model.log_ratio[i]) * model.expected[i] / lip.expected[i];
    EXPECT_NEAR(of_district, number(reference[i], "glmer_rr"), 5e-4);
    EXPECT_NEAR(model.log_ratio[i] - std::log(model.typical), number(reference[i], "glmer_u"), 2e-4);
    all += model.expected[i];
  }
  EXPECT_NEAR(all, std::accumulate(lip.observed.begin(), lip.observed.end(), 0.0), 1e-6);
}

/// Farming explains most of how districts differ, and the funnel says so.
TEST(BetterThanExpected, FarmingExplainsMostOfLipCancer) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/lipcancer");
  auto const plain = fit_ratio_model(lip_cancer_ratios(data, false), {});
  auto const adjusted = fit_ratio_model(lip_cancer_ratios(data, true), {});
  EXPECT_LT(adjusted.variance(), 0.75 * plain.variance());
  auto const observed = lip_cancer_ratios(data, false).observed;
  EXPECT_LT(fit_funnel(observed, adjusted.expected, Overdispersion::additive).ratio_variance,
            fit_funnel(observed, plain.expected, Overdispersion::additive).ratio_variance);
}

TEST(BetterThanExpected, RatiosOfSuddenInfantDeathsAreThoseOfLme4) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/ncsids");
  RatioData counties;
  double births = 0;
  for (auto const& row : support::read_csv(data / "data.csv")) {
    counties.observed.push_back(number(row, "sids74"));
    counties.expected.push_back(number(row, "births74"));
    births += counties.expected.back();
  }
  double const rate = std::accumulate(counties.observed.begin(), counties.observed.end(), 0.0) / births;
  for (double& expected : counties.expected) expected *= rate;
  auto const model = fit_ratio_model(counties, {});
  EXPECT_NEAR(model.sd_region, 0.4057835854038, 1e-4);
  auto const reference = support::read_csv(data / "ref_rates.csv");
  for (std::size_t i = 0; i < reference.size(); ++i) {
    EXPECT_NEAR(std::exp(model.log_ratio[i]) * rate, number(reference[i], "glmer"), 1e-6);
    // A gamma has a lighter upper tail than a lognormal: what stands out most is drawn in more.
    EXPECT_NEAR(std::exp(model.log_ratio[i]) * rate, number(reference[i], "EB_gamma"), 1e-3);
  }
}

TEST(BetterThanExpected, AreasOfNorthernIrelandAreThoseOfLme4) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  auto const path = write_mvad_study(folder, data, "");
  Diagnostics diagnostics;
  Study const study = read_study(path, {}, {}, diagnostics);
  auto const options = options_by_region(read_estimate_options(study, diagnostics), {});
  auto const lives = read_register(study, 2, diagnostics);
  throw_if_errors(diagnostics);
  auto const exposure = tabulate(lives, study.model, cell_axes(options, lives, study.model));
  auto const outcomes = read_outcomes({"joblessness -> employment"}, Better::more, study.model, diagnostics);
  throw_if_errors(diagnostics);
  auto const events = count_events(outcomes.at(0), expected_by_region(exposure, study.model, options, 2), study.model);
  ExpectedOptions asked;
  asked.sd_prior = {};
  auto const report = against_expected(outcomes[0], events, study.model.regions, asked);
  ASSERT_EQ(report.regions.size(), 5U);
  double observed = 0;
  double expected = 0;
  for (auto const& row : support::read_csv(data / "ref_region_random_effects.csv")) {
    if (row.at("model") != "glmer_region_Laplace" || row.at("transition") != "joblessness->employment") continue;
    auto const found = std::ranges::find_if(report.regions, [&](auto const& region) {
      return study.model.regions[region.region].code == row.at("region");
    });
    ASSERT_NE(found, report.regions.end());
    // The reference is adjusted for sex and exam results, which change little.
    EXPECT_NEAR(std::log(found->ratio / report.model.typical), number(row, "ranef"), 0.05) << row.at("region");
    observed += found->observed;
    expected += found->expected;
  }
  EXPECT_GT(observed, 100);
  EXPECT_NEAR(observed, expected, 1e-6 * observed);
  // N.Eastern is the best in the reference, Western the last.
  auto const best =
      std::ranges::min_element(report.regions, {}, [](auto const& region) { return region.rank.expected_rank; });
  EXPECT_EQ(study.model.regions[best->region].code, "N.Eastern");
}

}  // namespace
}  // namespace utvei
