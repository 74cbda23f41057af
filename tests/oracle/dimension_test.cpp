// SPDX-License-Identifier: Apache-2.0
// How many places it takes, against Erlang's C: who waits longer than t in a queue of c servers is
// C(c, a) exp(-(c mu - lambda) t) of all (Erlang 1917).
#include "support/world.hpp"

#include <utvei/analysis/mix.hpp>

#include <cmath>
#include <numbers>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view queue_of_one_state = R"(utvei: model/1
name: queue
states: {in: {group: outside}, out: {absorbing: true}}
transitions: [{from: in, to: out, rate_per_year: 0.00000001}]
)";

double erlang_c(int servers, double load) {
  double blocked = 1;
  for (int k = 1; k <= servers; ++k) blocked = load * blocked / (k + load * blocked);
  return blocked / (1 - load / servers * (1 - blocked));
}

double begun_within(int servers, double arrivals, double service, double time) {
  if (servers * service <= arrivals) return 0;
  return 1 - erlang_c(servers, arrivals / service) * std::exp(-(servers * service - arrivals) * time);
}

struct QueueCase {
  double arrivals, service, within;  ///< a day, and days
};

/// Runs are long enough that each has nearly the share of the closed form; where that lies near the standard, luck may
/// take one place more or fewer.
void expect_erlang(QueueCase const& queue, double share) {
  constexpr double persons = 4000;
  double const in_system = queue.arrivals / queue.service + 3;
  double const rate = queue.arrivals / (persons - in_system);
  double const years = std::round(10'000 / queue.arrivals / 365.25);
  support::TempFolder const folder;
  auto const world = support::make_world(
      folder, queue_of_one_state,
      fmt::format("start: 2000-01-01\nyears: {}\npopulation: {{persons: {}, state: in}}\nmeasures:\n"
                  "  - {{name: desk, who: {{state: in}}, found_after: {{median: {} days}}, again_after: 1 minute,\n"
                  "     lasts: {{median: {} days}}, places: {{total: 1}}}}\n",
                  years, persons, std::numbers::ln2 / rate, std::numbers::ln2 / queue.service));
  std::string const path = folder.write("mix.yaml", fmt::format("utvei: mix/1\nname: desks\nscenario: scenario.yaml\n"
                                                                "choose: [{{measure: desk, by: total, ceiling: 200}}]\n"
                                                                "standard: {{within: {} days, share: {}, from: 2001}}\n"
                                                                "certainty: [0.8, 0.9]\nreplicates: 10\n",
                                                                queue.within, share));
  Diagnostics diagnostics;
  MixDesign const design = read_mix(path, {}, {}, diagnostics);
  throw_if_errors(diagnostics);
  MixWorld const mix{world.scenario, world.rates, world.people};
  auto const cells = mix_cells(design, mix, diagnostics);
  throw_if_errors(diagnostics);
  auto const report = dimension_places(design, cells, mix, {2, nullptr, {}});
  int expected = 1;
  while (begun_within(expected, queue.arrivals, queue.service, queue.within) < share) ++expected;
  for (auto const& needed : report.needed) {
    NeededNumber const& found = needed.front();
    EXPECT_TRUE(found.is_met);
    auto const number = static_cast<int>(found.number);
    EXPECT_NEAR(number, expected, 1);
    double const exact = begun_within(number, queue.arrivals, queue.service, queue.within);
    EXPECT_NEAR(found.share, exact, 0.015);
  }
  EXPECT_LE(report.needed[0].front().number, report.needed[1].front().number);
}

TEST(Dimension, IsErlangsSmallestNumberOfServers) {
  expect_erlang({2, 0.1, 3}, 0.9);
  expect_erlang({1, 0.05, 7}, 0.8);
  expect_erlang({5, 0.5, 0.5}, 0.95);
}

TEST(Dimension, HasErlangsValuesOfThirdParties) {
  // ref_mmc.csv: lambda 10, mu 1, c 14.
  EXPECT_NEAR(erlang_c(14, 10), 0.17413193359505, 1e-9);
  EXPECT_NEAR(1 - begun_within(14, 10, 1, 0.138660766240112), 0.1, 1e-9);
}

}  // namespace
}  // namespace utvei
