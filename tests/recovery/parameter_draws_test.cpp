// SPDX-License-Identifier: Apache-2.0
// A comparison under parameter draws has the interval that the covariance of the estimates gives it (delta method).
#include "support/world.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/results/compare.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::size_t drawn_regions = 6;
constexpr double years = 5;
constexpr double persons = 3000;
constexpr double ratio = 1.5;

constexpr std::string_view drawn_model = R"(utvei: model/1
name: two_states
regions: regions.csv
states: {school: {group: education}, work: {group: work, absorbing: true}}
transitions:
  - {from: school, to: work}
)";

std::string drawn_scenario(std::string_view more) {
  return R"(start: 2025-01-01
years: 5
population: {persons: 3000, state: school, region: {r0: 1, r1: 1, r2: 1, r3: 1, r4: 1, r5: 1}}
seed: 11
draws: 1500
)" + std::string{more};
}

/// Few events in each region, so that what all regions share is most of what is not known.
Fit fit_of_regions(Model const& model) {
  CellAxis axis{CellAxis::Kind::region, "region", {}, {}, {}, {}};
  for (std::size_t r = 0; r < drawn_regions; ++r) {
    axis.labels.push_back("r" + std::to_string(r));
    axis.regions.push_back(model.regions.find(axis.labels.back()).value());
  }
  Exposure exposure;
  exposure.axes = {axis};
  exposure.cells = drawn_regions;
  std::vector<std::int64_t> const minutes(drawn_regions, duration_of_years(40).minutes);
  exposure.minutes = Column<StateId, std::vector<std::int64_t>>(2, minutes);
  exposure.events = Column<TransitionId, std::vector<std::int64_t>>(1, {14, 6, 9, 21, 11, 5});
  exposure.rule_changes.assign(4, 0);
  exposure.unmodelled.assign(4, 0);
  EstimateOptions options;
  options.method = Method::poisson;
  options.region = RegionEffect::pooled;
  return fit(exposure, model, options);
}

/// Person-years in work of somebody who starts in school: T − (1 − exp(−λT)) / λ.
double years_in_work(double rate) {
  return years - (1 - std::exp(-rate * years)) / rate;
}

/// Standard deviation of the difference in person-years, from the covariance of the log rates; `joint`: or as if each
/// region erred by itself.
double by_delta_method(Fit const& fit, bool joint) {
  RateModel const& model = fit.models.at(0);
  std::size_t const n = model.effects.size();
  constexpr double h = 1e-5;
  std::vector<std::vector<double>> moved;  // by region: gradient × row of L
  for (RateCell const& cell : fit.cells) {
    auto const difference = [&](double log_rate) {
      return persons / drawn_regions * (years_in_work(ratio * std::exp(log_rate)) - years_in_work(std::exp(log_rate)));
    };
    double const log_rate = std::log(cell.rate);
    double const slope = (difference(log_rate + h) - difference(log_rate - h)) / (2 * h);
    auto& row = moved.emplace_back(n, 0.0);
    for (std::uint32_t const place : cell.effects.places) {
      for (std::size_t k = 0; k < n; ++k) row[k] += slope * model.factor[place * n + k];
    }
  }
  double variance = 0;
  for (std::size_t a = 0; a < moved.size(); ++a) {
    for (std::size_t b = 0; b < moved.size(); ++b) {
      if (joint || a == b) variance += std::inner_product(moved[a].begin(), moved[a].end(), moved[b].begin(), 0.0);
    }
  }
  return std::sqrt(variance);
}

TEST(ParameterDraws, GiveTheIntervalOfTheDeltaMethod) {
  support::TempFolder const folder;
  std::string table = "region;parent;level;name_nb\n";
  for (std::size_t r = 0; r < drawn_regions; ++r) table += "r" + std::to_string(r) + ";;area;R\n";
  folder.write("regions.csv", table);
  auto baseline = support::make_world(folder, drawn_model, drawn_scenario(""));
  auto changed = support::make_world(folder, drawn_model,
                                     drawn_scenario("changes:\n  - {transition: school -> work, hazard_ratio: 1.5}\n"));
  changed.scenario.name = "changed";
  Fit const fitted = fit_of_regions(baseline.scenario.model);
  baseline.rates = changed.rates = to_rates(fitted);
  double const joint = by_delta_method(fitted, true);
  ASSERT_GT(joint, 1.2 * by_delta_method(fitted, false)) << "what regions share must matter here";
  RunResult const plain = baseline.run();
  RunResult const other = changed.run();
  auto const comparison = compare(plain, {&other}, {{"person_years"}, {}, {}});
  auto const row = std::ranges::find_if(
      comparison.rows, [](ComparisonRow const& r) { return r.region.empty() && r.year.empty() && r.state == "work"; });
  ASSERT_NE(row, comparison.rows.end());
  double const sd = (row->high_95.value() - row->low_95.value()) / (2 * 1.959964);
  EXPECT_NEAR(sd / joint, 1, 0.06);
}

}  // namespace
}  // namespace utvei
