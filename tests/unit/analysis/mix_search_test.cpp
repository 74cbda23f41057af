// SPDX-License-Identifier: Apache-2.0
// The search for the best mix against all mixes, where values are formulas.
#include "../../../sim/analysis/mix_search.hpp"

#include <utvei/core/random.hpp>

#include <cmath>
#include <functional>
#include <optional>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using Worth = std::function<double(std::size_t block, MixLevels const& levels)>;

/// Values are what the formula says, of one run; how many were asked for.
MixLevels solved(MixProblem const& problem, Worth const& worth, std::size_t* asked = nullptr) {
  MixMemo memo{problem.blocks};
  MixSearch search{problem, memo, {1.0}};
  while (true) {
    std::set<WantedValue> missing;
    if (auto const found = search.best(missing)) return *found;
    for (WantedValue const& one : missing) memo.put(one.block, one.levels, {worth(one.block, one.levels)});
    if (asked) *asked = memo.size();
  }
}

double total(MixProblem const& problem, Worth const& worth, MixLevels const& levels) {
  double sum = 0;
  for (std::size_t b = 0; b < problem.blocks; ++b) {
    MixLevels part;
    for (std::size_t const cell : problem.cells_of(b)) part.push_back(levels[cell]);
    sum += worth(b, part);
  }
  return sum;
}

bool is_allowed(MixProblem const& problem, MixLevels const& levels) {
  if (problem.price_of(levels) > problem.budget + 1e-9) return false;
  if (!problem.largest_ratio) return true;
  std::vector<double> density(problem.residents.size(), 0);
  for (std::size_t c = 0; c < levels.size(); ++c)
    if (auto const region = problem.cells[c].region)
      density[*region] += levels[c] * problem.cells[c].step_places / problem.residents[*region];
  double const least = *std::ranges::min_element(density);
  return *std::ranges::max_element(density) <= *problem.largest_ratio * least + 1e-9;
}

/// The most that any mix is worth, by trying them all.
double most_of_all(MixProblem const& problem, Worth const& worth) {
  MixLevels levels(problem.cells.size(), 0);
  double most = total(problem, worth, levels);
  while (true) {
    std::size_t c = 0;
    while (c < levels.size() && ++levels[c] > problem.cells[c].most) levels[c++] = 0;
    if (c == levels.size()) return most;
    if (is_allowed(problem, levels)) most = std::max(most, total(problem, worth, levels));
  }
}

MixProblem cells(std::size_t count, std::uint32_t most, double budget, bool are_apart = true) {
  MixProblem problem;
  for (std::size_t c = 0; c < count; ++c) problem.cells.push_back({most, 1, 0, 0, 1, are_apart ? c : 0, c});
  problem.blocks = are_apart ? count : 1;
  problem.budget = budget;
  problem.residents.assign(count, 1000);
  return problem;
}

double luck(std::uint32_t seed, std::uint32_t count) {
  return uniform(RandomKey{seed, 0, 0}, PersonKey{7}, stream_of("test"), count);
}

TEST(MixSearch, GivesTheRegionWithTwiceTheEffectItsPlacesFirst) {
  auto problem = cells(2, 4, 5);
  Worth const worth = [](std::size_t block, MixLevels const& levels) { return (block == 1 ? 2.0 : 1.0) * levels[0]; };
  EXPECT_THAT(solved(problem, worth), ElementsAre(1, 4));
  problem.budget = 3;
  EXPECT_THAT(solved(problem, worth), ElementsAre(0, 3));
  problem.cells[1].most = 2;
  EXPECT_THAT(solved(problem, worth), ElementsAre(1, 2));
}

TEST(MixSearch, KeepsTheRatioBetweenRegions) {
  auto problem = cells(2, 10, 9);
  Worth const worth = [](std::size_t block, MixLevels const& levels) { return (block == 1 ? 2.0 : 1.0) * levels[0]; };
  problem.largest_ratio = 2;
  EXPECT_THAT(solved(problem, worth), ElementsAre(3, 6));
  // Half as many people: a fifth of the places and more are as many for each.
  problem.residents = {500, 1000};
  EXPECT_THAT(solved(problem, worth), ElementsAre(2, 7));
}

TEST(MixSearch, LeavesMoneyWhereMoreIsNoBetter) {
  auto const problem = cells(2, 10, 20);
  Worth const worth = [](std::size_t, MixLevels const& levels) { return levels[0] <= 3 ? levels[0] : 6.0 - levels[0]; };
  EXPECT_THAT(solved(problem, worth), ElementsAre(3, 3));
}

/// The dear step is the best for its price, and leaves money that a swap puts to use.
TEST(MixSearch, SwapsStepsOfDifferentPrices) {
  auto problem = cells(2, 10, 10);
  problem.cells[0].step_price = 6;
  problem.cells[1].step_price = 5;
  Worth const worth = [](std::size_t block, MixLevels const& levels) { return (block == 0 ? 6.1 : 5.0) * levels[0]; };
  EXPECT_THAT(solved(problem, worth), ElementsAre(0, 2));
}

/// Values with diminishing returns and prices that differ; cells apart, and in one block where they share what is won.
TEST(MixSearch, IsAsGoodAsTryingAllMixes) {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    for (bool const are_apart : {true, false}) {
      auto problem = cells(3, 4, 4 + std::floor(6 * luck(seed, 0)), are_apart);
      if (seed % 3 == 0) problem.largest_ratio = 2;
      Worth const worth = [&](std::size_t block, MixLevels const& levels) {
        double sum = 0;
        double people = 0;
        for (std::uint32_t i = 0; i < levels.size(); ++i) {
          auto const cell = static_cast<std::uint32_t>(are_apart ? block : i);
          sum += (1 + 3 * luck(seed, 10 + cell)) * (1 - std::exp(-levels[i] * (0.2 + luck(seed, 20 + cell))));
          people += levels[i];
        }
        return sum - (are_apart ? 0 : 0.01 * people * people);
      };
      double const found = total(problem, worth, solved(problem, worth));
      double const best = most_of_all(problem, worth);
      EXPECT_NEAR(found, best, problem.largest_ratio ? 0.02 * best : 1e-9) << seed << are_apart;
      EXPECT_TRUE(is_allowed(problem, solved(problem, worth)));
    }
  }
}

/// Steps of 5 and 4 in each of two regions, one with twice the people: sums that no single step makes.
MixProblem odd_steps(std::uint32_t seed, double ratio) {
  auto problem = cells(4, 4, 30 + std::floor(10 * luck(seed, 1)));
  problem.blocks = 2;
  problem.residents = {500, 1000};
  for (std::size_t c = 0; c < 4; ++c) {
    auto& cell = problem.cells[c];
    cell.block = c / 2;
    cell.region = c / 2;
    cell.step_places = cell.step_price = c % 2 == 0 ? 5 : 4;
  }
  problem.cells[3].most = seed % 4 == 0 ? 0 : 4;
  problem.largest_ratio = ratio;
  return problem;
}

/// A step of one size for one of another in the same region is a move that is tried only where it promises something,
/// so that some of the best is left (docs/methods/mix.md); never are the floors all that is found.
TEST(MixSearch, SeesAllSumsOfStepsOfDifferentSize) {
  for (std::uint32_t seed = 0; seed < 30; ++seed)
    for (double const ratio : {1.0, 1.1, 1.25, 1.5}) {
      auto const problem = odd_steps(seed, ratio);
      Worth const worth = [&](std::size_t block, MixLevels const& levels) {
        double const each = 1 + luck(seed, 30 + static_cast<std::uint32_t>(block));
        return each * (1 - std::exp(-0.05 * (5.0 * levels[0] + 4.0 * levels[1])));
      };
      MixLevels const found = solved(problem, worth);
      double const best = most_of_all(problem, worth);
      EXPECT_GE(total(problem, worth, found), 0.9 * best) << seed << ' ' << ratio;
      EXPECT_TRUE(is_allowed(problem, found));
    }
}

TEST(MixSearch, AsksForFewValues) {
  auto const problem = cells(3, 20, 20);
  std::size_t asked = 0;
  solved(
      problem,
      [](std::size_t block, MixLevels const& levels) {
        return std::sqrt(levels[0] * (1.0 + static_cast<double>(block)));
      },
      &asked);
  EXPECT_LE(asked, 30U);
}

TEST(EvenSplit, GivesEachItsShareOfTheMoney) {
  auto problem = cells(3, 100, 40);
  EXPECT_THAT(even_split(problem, {0.5, 0.25, 0.25}), ElementsAre(20, 10, 10));
  problem.cells[0].most = 5;
  EXPECT_THAT(even_split(problem, {0.5, 0.25, 0.25}), ElementsAre(5, 18, 17));
}

}  // namespace
}  // namespace utvei
