// SPDX-License-Identifier: Apache-2.0
// The workloads of the benchmarks against what is known about them without the engine.
#include "support/csv.hpp"
#include "support/matrix_exponential.hpp"
#include "support/world.hpp"

#include <array>
#include <cmath>
#include <filesystem>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::World;

std::filesystem::path const bench = std::filesystem::path{UTVEI_SOURCE_DIR} / "bench";

World read_workload(std::filesystem::path const& path, std::uint64_t persons) {
  World world = support::read_world(path.string());
  Diagnostics diagnostics;
  world.scenario.population.persons = persons;
  world.people = make_population(world.scenario.population, world.scenario.model, world.scenario.start, diagnostics);
  throw_if_errors(diagnostics);
  return world;
}

struct Way {
  std::size_t from, to;
  double rate;
};
/// As performance figures are stated: school, apprenticeship, work, unemployed, sick leave, aap, disability, dead.
constexpr std::array<Way, 21> ways{{{0, 1, .25},  {0, 2, .35},  {0, 3, .10},  {1, 2, .45},  {1, 3, .08},  {2, 3, .06},
                                    {2, 4, .25},  {3, 2, .70},  {3, 4, .15},  {4, 2, 1.6},  {4, 5, .20},  {5, 2, .22},
                                    {5, 3, .10},  {5, 6, .30},  {0, 7, .003}, {1, 7, .003}, {2, 7, .003}, {3, 7, .003},
                                    {4, 7, .003}, {5, 7, .003}, {6, 7, .003}}};
constexpr std::size_t states = 8;

TEST(Workloads, W1HasTheYearsOfTheMatrixExponential) {
  World const world = read_workload(bench / "w1" / "w1.yaml", support::people_for_this_build(1'000'000));
  auto const persons = static_cast<double>(world.people.size());
  RunResult const result = world.run();
  support::Matrix q = support::zeros(states);
  for (Way const& way : ways) {
    q[way.from][way.to] += way.rate;
    q[way.from][way.from] -= way.rate;
  }
  // Fifty calendar years, half a day short of fifty of 365.25 days.
  double const years = in_years(world.scenario.end - world.scenario.start);
  std::array<double, states> const stated{1.4225, .6672, 27.6891, 2.2873, 3.9969, 1.2520, 9.1157, 3.5693};
  double events = 0;
  for (std::size_t s = 0; s < states; ++s) {
    auto const exact = support::time_in_state(q, 0, s, years);
    // What is stated is rounded, and for the half day more.
    EXPECT_NEAR(exact.mean, stated[s], 1e-3);
    std::string const& name = world.scenario.model.states[StateId{s}].name;
    double const simulated = support::total(result, "person_years", "state", name) / persons;
    EXPECT_NEAR(simulated, exact.mean, 4 * std::sqrt(exact.variance / persons)) << name;
    events -= q[s][s] * exact.mean;
  }
  EXPECT_NEAR(events, 19.987, 2e-3);
  double counted = 0;
  Table const& transitions = *result.table("transitions");
  for (std::size_t i = 0; i < transitions.size(); ++i) counted += transitions.value(i);
  EXPECT_NEAR(counted / persons, events, 0.01 * std::sqrt(1e6 / persons) * 4);
}

/// One life of W2 by hand: the loop that anybody would write, with random numbers of the standard library.
std::array<double, states> live(std::vector<std::array<double, states>> const& rates, std::size_t region,
                                double horizon, std::mt19937_64& random) {
  std::array<double, states> years{};
  double t = 0;
  std::size_t state = 0;
  double entered = 0;
  std::exponential_distribution<double> unit{1};
  double left = unit(random);
  while (t < horizon) {
    double const spent = t - entered;
    std::size_t const band = spent < 0.5 ? 0 : spent < 1 ? 1 : spent < 2 ? 2 : 3;
    constexpr std::array<double, 4> ends{0.5, 1, 2, 1e9};
    double const end = std::min({std::floor(t) + 1, entered + ends[band], horizon});
    auto const& row = rates[((state * 16 + region) * 51 + static_cast<std::size_t>(t)) * 4 + band];
    double total = 0;
    for (double const rate : row) total += rate;
    if (total * (end - t) < left) {
      left -= total * (end - t);
      years[state] += end - t;
      // Past the boundary, so that rounding does not come back to it.
      t = std::nextafter(end, 1e9);
      continue;
    }
    years[state] += left / total;
    t += left / total;
    std::discrete_distribution<std::size_t> next(row.begin(), row.end());
    state = next(random);
    entered = t;
    left = unit(random);
  }
  return years;
}

std::vector<std::array<double, states>> w2_rates() {
  std::vector<std::array<double, states>> rates(states * 16 * 51 * 4);
  for (Way const& way : ways) {
    for (std::size_t r = 0; r < 16; ++r) {
      for (std::size_t a = 0; a <= 50; ++a) {
        for (std::size_t d = 0; d < 4; ++d) {
          auto const age = static_cast<double>(a);
          double const aging = way.to == 7 ? 0.3 * std::exp(0.07 * age) : 1.2 - 0.4 * age / 50;
          rates[((way.from * 16 + r) * 51 + a) * 4 + d][way.to] = way.rate * (0.8 + 0.4 * static_cast<double>(r) / 15) *
                                                                  (0.6 + 0.8 * std::exp(-static_cast<double>(d) / 2)) *
                                                                  aging;
        }
      }
    }
  }
  return rates;
}

TEST(Workloads, W2HasTheYearsOfAHandWrittenLoop) {
  support::TempFolder const folder;
  std::string const command =
      "python3 '" + (bench / "w2" / "make_rates.py").string() + "' '" + folder.path().string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  World const world = read_workload(folder / "w2.yaml", support::people_for_this_build(200'000));
  auto const persons = static_cast<double>(world.people.size());
  RunResult const result = world.run();
  auto const rates = w2_rates();
  std::array<support::Mean, states> by_hand;
  std::mt19937_64 random{20'250'101};
  double const horizon = in_years(world.scenario.end - world.scenario.start);
  for (std::size_t i = 0; i < world.people.size(); ++i) {
    auto const years = live(rates, world.people.region[PersonRow{i}].value(), horizon, random);
    for (std::size_t s = 0; s < states; ++s) by_hand[s].add(years[s]);
  }
  for (std::size_t s = 0; s < states; ++s) {
    std::string const& name = world.scenario.model.states[StateId{s}].name;
    double const simulated = support::total(result, "person_years", "state", name) / persons;
    // Both have the same people of the same regions, each with luck of its own.
    EXPECT_NEAR(simulated, by_hand[s].mean(), 4 * std::sqrt(2.0) * by_hand[s].se()) << name;
  }
}

}  // namespace
}  // namespace utvei
