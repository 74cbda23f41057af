// SPDX-License-Identifier: Apache-2.0
#include <utvei/population/whole_people.hpp>

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// A table of random weights; with `whole`, the sums of rows and columns are whole numbers.
struct RandomTable {
  RandomTable(std::uint32_t seed, std::size_t rows, std::size_t columns, bool whole) {
    RandomKey const key{seed, 0, 0};
    first.target.resize(rows);
    second.target.resize(columns);
    for (std::size_t cell = 0; cell < rows * columns; ++cell) {
      first.part_of.push_back(static_cast<std::uint32_t>(cell / columns));
      second.part_of.push_back(static_cast<std::uint32_t>(cell % columns));
      double const u = uniform(key, PersonKey{cell}, StreamId{1}, 0);
      weights.push_back(u < 0.2 ? 0 : u < 0.3 ? 2 : 3 * u);
      first.target[cell / columns] += weights.back();
      second.target[cell % columns] += weights.back();
    }
    if (!whole) return;
    for (double& target : first.target) target = std::round(target);
    for (double& target : second.target) target = std::round(target);
    second.target.front() += std::accumulate(first.target.begin(), first.target.end(), 0.0) -
                             std::accumulate(second.target.begin(), second.target.end(), 0.0);
    weights = rake(weights, {first, second}).weights;
  }
  std::vector<double> weights;
  Margin first, second;
};

std::vector<double> as_weights(std::vector<std::int64_t> const& people) {
  return {people.begin(), people.end()};
}

TEST(WholePeople, KeepWholeSumsOfBothMargins) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    RandomTable const table{seed, 7, 5, true};
    auto const people = whole_people(table.weights, table.first, table.second, {seed, 1, 0});
    for (std::size_t cell = 0; cell < people.size(); ++cell)
      EXPECT_LT(std::abs(static_cast<double>(people[cell]) - table.weights[cell]), 1) << cell;
    for (Margin const* margin : {&table.first, &table.second}) {
      auto const misfit = misfit_of(as_weights(people), *margin);
      EXPECT_EQ(misfit.sum, misfit.target) << margin->name << " " << seed;
    }
  }
}

TEST(WholePeople, RoundSumsThatAreNotWholeUpOrDown) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    RandomTable const table{seed, 6, 4, false};
    auto const people = whole_people(table.weights, table.first, table.second, {seed, 1, 0});
    for (Margin const* margin : {&table.first, &table.second}) {
      auto const misfit = misfit_of(as_weights(people), *margin);
      EXPECT_LT(std::abs(misfit.sum - misfit.target), 1) << seed;
    }
    double const all = std::accumulate(table.weights.begin(), table.weights.end(), 0.0);
    auto const whole = static_cast<double>(std::accumulate(people.begin(), people.end(), std::int64_t{0}));
    EXPECT_LT(std::abs(whole - all), 1) << seed;
  }
}

/// The mean over many draws is the weight; four standard errors of a draw of one.
TEST(WholePeople, AreExpectedToBeTheWeights) {
  constexpr std::uint32_t draws = 4000;
  RandomTable const table{11, 4, 3, true};
  std::vector<double> sums(table.weights.size());
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    auto const people = whole_people(table.weights, table.first, table.second, {5, draw, 0});
    for (std::size_t cell = 0; cell < people.size(); ++cell) sums[cell] += static_cast<double>(people[cell]);
  }
  for (std::size_t cell = 0; cell < sums.size(); ++cell) {
    double const left = table.weights[cell] - std::floor(table.weights[cell]);
    EXPECT_NEAR(sums[cell] / draws, table.weights[cell], 4 * std::sqrt(left * (1 - left) / draws) + 1e-9) << cell;
  }
}

}  // namespace
}  // namespace utvei
