// SPDX-License-Identifier: Apache-2.0
// Differences between regions of the school-to-work spells, against Kitagawa's and Shapley's of the same rates.
#include "mvad_study.hpp"
#include "support/csv.hpp"
#include "support/oracle.hpp"
#include "support/world.hpp"

#include <utvei/analysis/regions.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr double months_in_a_year = 12;

/// People as in the first month of the data, with the constant rates of their region, for 72 months.
support::World world_of_regions(support::TempFolder const& folder, std::filesystem::path const& data) {
  std::string regions = "region;parent;level;name_nb\n";
  for (std::string_view const region : mvad_regions) regions += fmt::format("{0};;area;{0}\n", region);
  folder.write("regions.csv", regions);
  std::string states;
  std::string transitions;
  for (std::string_view const from : mvad_states) {
    states += fmt::format("  {}: {{}}\n", from);
    for (std::string_view const to : mvad_states)
      if (from != to) transitions += fmt::format("  - {{from: {}, to: {}, rates: rates.csv}}\n", from, to);
  }
  folder.write("model.yaml",
               "utvei: model/1\nname: mvad\nregions: regions.csv\nstates:\n" + states + "transitions:\n" + transitions);
  std::string rates = "from;to;region;rate_per_year\n";
  for (auto const& row : support::read_csv(data / "ref_occurrence_exposure.csv")) {
    if (row.at("region") == "ALL" || row.at("weighting") != "none") continue;
    double const exposure = std::stod(row.at("person_months"));
    double const rate = exposure > 0 ? std::stod(row.at("events")) / exposure * months_in_a_year : 0;
    rates += fmt::format("{};{};{};{}\n", row.at("from"), row.at("to"), row.at("region"), rate);
  }
  folder.write("rates.csv", rates);
  std::map<std::pair<std::string, std::string>, int> counts;
  for (auto const& row : support::read_csv(data / "data.csv")) ++counts[{row.at("region"), row.at("Jul.93")}];
  std::string people = "state;region;count\n";
  for (auto const& [at, count] : counts) people += fmt::format("{};{};{}\n", at.second, at.first, count);
  folder.write("people.csv", people);
  support::World world =
      support::read_world(folder.write("scenario.yaml",
                                       "utvei: scenario/1\nname: mvad\nmodel: model.yaml\nstart: 1993-07-01\nyears: 7\n"
                                       "population: {file: people.csv}\nbreakdowns: [[state]]\nseed: 1\n"));
  constexpr std::int64_t months = 72;
  world.scenario.end = world.scenario.start + Duration{months * minutes_per_month};
  return world;
}

RegionOutcome time_in(Model const& model, std::string const& state) {
  RegionOutcome outcome{state, {}, std::vector<bool>(model.states.size(), false), std::nullopt, std::nullopt};
  outcome.states[model.state(state).value().value()] = true;
  return outcome;
}

RegionPair pair_of(support::World const& world, std::string const& region, std::string const& reference) {
  RegionWorld const side{world.scenario, world.rates, world.people};
  Regions const& regions = world.scenario.model.regions;
  return {{side, regions.find(region), region}, {side, regions.find(reference), reference}};
}

TEST(MvadRegions, StartsAndRatesAreKitagawas) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  support::World const world = world_of_regions(folder, data);
  Model const& model = world.scenario.model;
  RegionFactors factors = plain_factors(model);
  ASSERT_EQ(factors.groups.size(), 1U);  // mvad has no groups of states
  std::vector<RegionOutcome> const outcomes{time_in(model, "employment"), time_in(model, "joblessness")};
  std::vector<RegionPair> pairs;
  std::vector<support::CsvRow> rows = support::read_csv(data / "ref_region_kitagawa.csv");
  for (std::size_t i = 0; i < rows.size(); i += 2)
    pairs.push_back(pair_of(world, rows[i].at("region_2"), rows[i].at("region_1")));
  RegionsReport const report = decompose_regions(pairs, outcomes, factors, {});
  EXPECT_EQ(report.method, RegionMethod::equations);
  ASSERT_EQ(report.differences.size(), rows.size());
  ASSERT_EQ(report.components,
            (std::vector<std::string>{"composition", "starting_stock", "exits_from_other_states", "limits"}));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    RegionDifference const& found = report.differences[i];
    auto const expect = [&](double value, std::string const& column) {
      EXPECT_NEAR(value * months_in_a_year, std::stod(rows[i].at(column)), 1e-7) << i << ' ' << column;
    };
    expect(found.reference.value, "value_1");
    expect(found.region.value, "value_2");
    expect(found.total.value, "total");
    expect(found.contributions[1].value, "composition");
    expect(found.contributions[2].value, "rates");
    EXPECT_EQ(found.contributions[0].value, 0);
    EXPECT_EQ(found.contributions[3].value, 0);
  }
}

TEST(MvadRegions, ThreeFactorsAreShapleys) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  support::World const world = world_of_regions(folder, data);
  Model const& model = world.scenario.model;
  RegionFactors factors{"factors", {{"from_joblessness", {}}, {"other_exits", {}}}, {}, {}, {}};
  for (TransitionId const t : ids_of(model.transitions))
    factors.groups[model.states[model.transitions[t].from].name == "joblessness" ? 0 : 1].transitions.push_back(t);
  RegionsReport const report =
      decompose_regions({pair_of(world, "N.Eastern", "Belfast")}, {time_in(model, "joblessness")}, factors, {});
  auto const& found = report.differences.at(0);
  EXPECT_NEAR(found.contributions[1].value * months_in_a_year, -0.4059095666652, 1e-7);
  EXPECT_NEAR(found.contributions[2].value * months_in_a_year, -3.257130630418, 1e-7);
  EXPECT_NEAR(found.contributions[3].value * months_in_a_year, -3.620731937414, 1e-7);
  EXPECT_NEAR(found.total.value * months_in_a_year, -7.283772134497, 1e-7);
}

/// The same worlds by simulation: the mean of many lives is that of the equations.
TEST(MvadRegions, SimulationAgreesWithEquations) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  support::World const world = world_of_regions(folder, data);
  Model const& model = world.scenario.model;
  std::vector<RegionPair> const pairs{pair_of(world, "N.Eastern", "Belfast")};
  std::vector<RegionOutcome> const outcomes{time_in(model, "joblessness")};
  RegionFactors const factors = plain_factors(model);
  RegionOptions options;
  options.method = RegionMethod::simulation;
  options.replicates = 40;
  auto const simulated = decompose_regions(pairs, outcomes, factors, options).differences.at(0);
  auto const expected = decompose_regions(pairs, outcomes, factors, {}).differences.at(0);
  EXPECT_NEAR(simulated.total.value, expected.total.value, 4 * simulated.total.mc_se);
  for (std::size_t c = 0; c < expected.contributions.size(); ++c)
    EXPECT_NEAR(simulated.contributions[c].value, expected.contributions[c].value,
                4 * simulated.contributions[c].mc_se + 1e-12);
}

}  // namespace
}  // namespace utvei
