// SPDX-License-Identifier: Apache-2.0
// The three parts of uncertainty that a comparison tells from one run a draw, against a nested simulation done the hard
// way: every draw many times over.
#include "support/world.hpp"

#include <utvei/results/compare.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view nested_model = R"(utvei: model/1
name: nested
states: {school: {group: education}, work: {group: work}, aap: {group: outside}}
transitions:
  - {from: school, to: work, rates: rates.csv}
  - {from: work, to: aap, rates: rates.csv}
  - {from: aap, to: work, rates: rates.csv}
)";
constexpr std::string_view nested_rates =
    "from;to;rate_per_year;log_se\nschool;work;0.4;0.2\nwork;aap;0.1;0.3\naap;work;0.25;0.3\n";
constexpr std::size_t outer = 200;
constexpr std::size_t inner = 40;

support::World nested_world(std::size_t replicates, bool changed) {
  support::TempFolder const folder;
  folder.write("rates.csv", nested_rates);
  auto world = support::make_world(
      folder, nested_model,
      "start: 2025-01-01\nyears: 8\npopulation: {persons: 600, state: school}\nseed: 5\nbreakdowns: "
      "[[state]]\ndraws: " +
          std::to_string(outer) + "\nreplicates: " + std::to_string(replicates) +
          (changed ? "\nchanges: [{transition: aap -> work, hazard_ratio: {mean: 1.6, interval_95: [1.2, 2.1]}}]\n"
                   : "\n"));
  world.scenario.name = changed ? "changed" : "plain";
  return world;
}

/// Mean and sample variance.
support::Mean over(std::vector<double> const& values) {
  support::Mean mean;
  for (double const value : values) mean.add(value);
  return mean;
}

/// Differences in years in work, [draw][replicate].
std::vector<double> differences(RunResult const& with, RunResult const& without) {
  Table const& table = *with.table("person_years");
  auto const all = marginal_difference(table, *without.table("person_years"), {"draw", "replicate", "state"});
  std::vector<double> work;
  for (std::size_t i = 1; i < all.size(); i += 3) work.push_back(all[i]);
  return work;
}

TEST(PartsOfUncertainty, AreThoseOfANestedSimulation) {
  auto const hard = differences(nested_world(inner, true).run(), nested_world(inner, false).run());
  ASSERT_EQ(hard.size(), outer * inner);
  double chance = 0;
  std::vector<double> mean_of_draw(outer);
  std::vector<double> mean_of_replicate(inner, 0);
  for (std::size_t k = 0; k < outer; ++k) {
    std::vector<double> const one(hard.begin() + static_cast<std::ptrdiff_t>(k * inner),
                                  hard.begin() + static_cast<std::ptrdiff_t>((k + 1) * inner));
    chance += over(one).variance() / outer;
    mean_of_draw[k] = over(one).mean();
    for (std::size_t r = 0; r < inner; ++r) mean_of_replicate[r] += one[r] / outer;
  }
  double const parameters = over(mean_of_draw).variance() - chance / inner;
  double const monte_carlo = over(mean_of_replicate).variance();

  RunResult const plain = nested_world(1, false).run();
  RunResult const changed = nested_world(1, true).run();
  auto const comparison = compare(plain, {&changed}, {{"person_years"}, {}, {}});
  auto const row = std::ranges::find(comparison.rows, "work", &ComparisonRow::state);
  ASSERT_NE(row, comparison.rows.end());
  double const told = (row->high_95.value() - row->low_95.value()) / (2 * 1.959964);
  double const count = (row->count_high_95.value() - row->count_low_95.value()) / (2 * 1.959964);
  // The draws are the same in both; what one run a draw adds is luck, which is taken off again. 200 draws with as much
  // luck as signal tell their spread to about a tenth.
  EXPECT_NEAR(told / std::sqrt(parameters), 1, 0.15);
  EXPECT_NEAR(std::sqrt(count * count - told * told) / std::sqrt(chance), 1, 0.05);
  EXPECT_NEAR(row->mc_se.value() / std::sqrt(monte_carlo), 1, 0.35) << "40 replicates tell it to 11 %";
  EXPECT_NEAR(row->mc_se.value() / std::sqrt(chance / outer), 1, 0.05);
  EXPECT_NEAR(row->difference, over(mean_of_draw).mean(), 4 * row->mc_se.value());
}

}  // namespace
}  // namespace utvei
