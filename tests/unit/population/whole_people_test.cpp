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
    auto const people = whole_people(table.weights, {table.first, table.second}, {seed, 1, 0});
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
    auto const people = whole_people(table.weights, {table.first, table.second}, {seed, 1, 0});
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
    auto const people = whole_people(table.weights, {table.first, table.second}, {5, draw, 0});
    for (std::size_t cell = 0; cell < people.size(); ++cell) sums[cell] += static_cast<double>(people[cell]);
  }
  for (std::size_t cell = 0; cell < sums.size(); ++cell) {
    double const left = table.weights[cell] - std::floor(table.weights[cell]);
    EXPECT_NEAR(sums[cell] / draws, table.weights[cell], 4 * std::sqrt(left * (1 - left) / draws) + 1e-9) << cell;
  }
}

/// Cells of 6 x 5 x 4 with whole sums of all pairs of dimensions, of random counts.
struct RandomCube {
  explicit RandomCube(std::uint32_t seed) {
    RandomKey const key{seed, 0, 0};
    for (auto const& [parts, name] : {std::pair{30U, "ab"}, {20U, "bc"}, {24U, "ac"}})
      margins.push_back({name, {}, std::vector<double>(parts)});
    for (std::uint32_t a = 0; a < 6; ++a) {
      for (std::uint32_t b = 0; b < 5; ++b) {
        for (std::uint32_t c = 0; c < 4; ++c) {
          std::uint32_t const parts[] = {5 * a + b, 4 * b + c, 4 * a + c};
          auto const people = std::floor(4 * uniform(key, PersonKey{100 * a + 10 * b + c}, StreamId{1}, 0));
          for (std::size_t m = 0; m < 3; ++m) {
            margins[m].part_of.push_back(parts[m]);
            margins[m].target[parts[m]] += people;
          }
        }
      }
    }
    weights = rake(std::vector<double>(120, 1), margins, {1e-11, 5000}).weights;
  }
  std::vector<Margin> margins;
  std::vector<double> weights;
};

TEST(WholePeople, KeepAllButTheLastOfThreeMargins) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    RandomCube const cube{seed};
    auto const people = whole_people(cube.weights, cube.margins, {seed, 1, 0});
    for (std::size_t cell = 0; cell < people.size(); ++cell)
      EXPECT_LT(std::abs(static_cast<double>(people[cell]) - cube.weights[cell]), 1) << cell;
    for (std::size_t m = 0; m < 2; ++m) EXPECT_EQ(misfit_of(as_weights(people), cube.margins[m]).share, 0) << seed;
    auto const last = misfit_of(as_weights(people), cube.margins[2]);
    EXPECT_LE(std::abs(last.sum - last.target), 3) << seed;
  }
}

TEST(WholePeople, OfThreeMarginsAreExpectedToBeNearTheWeights) {
  constexpr std::uint32_t draws = 2000;
  RandomCube const cube{3};
  std::vector<double> sums(cube.weights.size());
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    auto const people = whole_people(cube.weights, cube.margins, {5, draw, 0});
    for (std::size_t cell = 0; cell < people.size(); ++cell) sums[cell] += static_cast<double>(people[cell]);
  }
  // The flight keeps expectations, the landing goes to the nearer end.
  for (std::size_t cell = 0; cell < sums.size(); ++cell)
    EXPECT_NEAR(sums[cell] / draws, cube.weights[cell], 0.15) << cell;
}

}  // namespace
}  // namespace utvei
