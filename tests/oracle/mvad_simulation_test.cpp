// SPDX-License-Identifier: Apache-2.0
// People simulated from rates that were estimated from the school-to-work spells, against matrix exponentials of the
// same rates.
#include "mvad_study.hpp"
#include "support/world.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

constexpr std::int64_t months = 72;
/// Simulated people for each of the 712 in the data: what they start from is exact.
constexpr int copies = 300;

/// People as in the first month of the data, with rates estimated from all of it.
support::World world_of(support::TempFolder const& folder, std::filesystem::path const& data,
                        std::string_view estimate) {
  auto mvad = fit_mvad(write_mvad_study(folder, data, estimate));
  for (RateCell& cell : mvad.fit.cells) {
    // Where nobody was seen we borrow from other years; the reference lets nobody leave.
    if (cell.source != RateSource::raw) cell.rate = 0;
  }
  std::map<std::pair<std::string, std::string>, int> counts;
  for (auto const& row : support::read_csv(data / "data.csv")) ++counts[{row.at("region"), row.at("Jul.93")}];
  std::string people = "state;region;count\n";
  for (auto const& [at, count] : counts) {
    people += at.second + ";" + at.first + ";" + std::to_string(count * copies) + "\n";
  }
  folder.write("people.csv", people);
  // Seven years hold 72 months of 30.4375 days.
  auto const path = folder.write("scenario.yaml",
                                 "utvei: scenario/1\nname: mvad\nmodel: model.yaml\nstart: 1993-07-01\nyears: 7\n"
                                 "population: {file: people.csv}\nlife_courses: all\nbreakdowns: [[state]]\nseed: 1\n");
  support::World world = support::read_world(path);
  world.rates = to_rates(mvad.fit);
  return world;
}

/// Months in each state until the end of the data.
std::array<double, 6> months_of(support::LifeCourse const& life) {
  std::array<double, 6> sums{};
  std::int64_t const until = life.front().from + months * minutes_per_month;
  for (auto const& stay : life) {
    sums[stay.state] += static_cast<double>(std::max<std::int64_t>(0, std::min(stay.to, until) - stay.from)) /
                        static_cast<double>(minutes_per_month);
  }
  return sums;
}

TEST(MvadSimulation, ConstantRatesGiveTheExpectedMonths) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  support::World const world = world_of(folder, data, "");
  std::array<support::Mean, 6> simulated;
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    auto const spent = months_of(life);
    for (std::size_t s = 0; s < 6; ++s) simulated[s].add(spent[s]);
  }
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_occupancy_constantQ.csv")) {
    auto const& mean = simulated[world.scenario.model.state(row.at("state")).value().value()];
    EXPECT_NEAR(mean.mean(), number(row, "expected_months_0_72"), 4 * mean.se()) << row.at("state");
    ++compared;
  }
  EXPECT_EQ(compared, 6);
}

TEST(MvadSimulation, RatesByYearGiveTheSharesOfEachMonth) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  support::World const world = world_of(folder, data, "estimate:\n  bands: {period: [0, 12, 24, 36, 48, 60]}\n");
  std::array<std::array<double, 6>, months + 1> there{};
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    for (auto const& stay : life) {
      // Months whose first minute lies in the stay.
      auto const first = (stay.from - life.front().from + minutes_per_month - 1) / minutes_per_month;
      for (auto m = first; m <= months && life.front().from + m * minutes_per_month < stay.to; ++m) {
        there[static_cast<std::size_t>(m)][stay.state] += 1;
      }
    }
  }
  auto const n = static_cast<double>(world.people.size());
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_piecewise_year_prediction.csv")) {
    auto const month = static_cast<std::size_t>(number(row, "month"));
    double const p = number(row, "pred");
    double const share = there[month][world.scenario.model.state(row.at("state")).value().value()] / n;
    EXPECT_NEAR(share, p, 4 * std::sqrt(p * (1 - p) / n) + 1e-12) << row.at("state") << " in month " << month;
    ++compared;
  }
  EXPECT_EQ(compared, 438);
}

TEST(MvadSimulation, RatesByRegionGiveTheMonthsOfEachRegion) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  support::World const world = world_of(folder, data, "estimate: {region: fixed}\n");
  std::map<std::string, std::array<support::Mean, 6>> simulated;
  auto const rows = support::rows_of(world.people);
  for (auto const& [person, life] : support::life_courses_of(world.run())) {
    auto& means = simulated[world.scenario.model.regions[world.people.region[rows.at(person)]].code];
    auto const spent = months_of(life);
    for (std::size_t s = 0; s < 6; ++s) means[s].add(spent[s]);
  }
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_region_swap_72m.csv")) {
    if (row.at("start_distribution_of") != row.at("rates_of")) continue;
    auto const& means = simulated.at(row.at("rates_of"));
    for (auto const& [state, column] : {std::pair{"employment", "months_employed"},
                                        std::pair{"joblessness", "months_jobless"}, std::pair{"HE", "months_HE"}}) {
      auto const& mean = means[world.scenario.model.state(state).value().value()];
      EXPECT_NEAR(mean.mean(), number(row, column), 4 * mean.se()) << row.at("rates_of") << " " << state;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 15);
}

}  // namespace
}  // namespace utvei
