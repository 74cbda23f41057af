// SPDX-License-Identifier: Apache-2.0
// How many places it takes in a small world: against what is simulated with one fewer, and staff for places. Erlang's
// queues are in tests/oracle/dimension_test.cpp.
#include "support/files.hpp"
#include "support/world.hpp"

#include <utvei/analysis/mix.hpp>

#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view towns_model = R"(utvei: model/1
name: towns
regions: regions.csv
states: {out: {group: outside}, work: {group: work}}
transitions:
  - {from: out, to: work, rate_per_year: 0.4}
  - {from: work, to: out, rate_per_year: 0.4}
)";
constexpr std::string_view towns_scenario = R"(start: 2025-01-01
years: 5
population: {persons: 900, state: {out: 1, work: 1}, region: {a: 2, b: 1}}
seed: 4
resources: {coach: {per_region: 1, caseload: 8}}
measures:
  - name: course
    who: {state: out}
    found_after: {median: 1 year}
    uses: [coach]
    lasts: {median: 3 months}
)";

struct NeededCase {
  support::TempFolder folder;
  support::World scenario;
  MixDesign design;
  std::vector<MixCell> cells;

  explicit NeededCase(std::string const& mix) {
    folder.write("regions.csv", "region;parent;level;name_nb\na;;m;A\nb;;m;B\n");
    scenario = support::make_world(folder, towns_model, towns_scenario);
    Diagnostics diagnostics;
    design = read_mix(folder.write("mix.yaml",
                                   "utvei: mix/1\nname: needed\nscenario: scenario.yaml\nreplicates: 20\n"
                                   "standard: {within: 2 weeks, share: 0.9, from: 2026}\n" +
                                       mix),
                      {}, {}, diagnostics);
    throw_if_errors(diagnostics);
    cells = mix_cells(design, world(), diagnostics);
    throw_if_errors(diagnostics);
  }
  [[nodiscard]] MixWorld world() const { return {scenario.scenario, scenario.rates, scenario.people}; }
  [[nodiscard]] DimensionReport needed(std::size_t threads = 2) const {
    return dimension_places(design, cells, world(), {threads, nullptr, {}});
  }
};

TEST(DimensionPlaces, HaveStaffByTheCaseload) {
  DimensionReport const report = NeededCase{"choose: [{measure: course, by: region}]\n"}.needed();
  for (auto const& cells : report.needed) {
    for (NeededNumber const& one : cells) {
      EXPECT_TRUE(one.is_met);
      EXPECT_GE(one.share, 0.9);
      EXPECT_GE(one.staff.at("coach") * 8, one.number);
      EXPECT_LT((one.staff.at("coach") - 1) * 8, one.number);
    }
    // Twice the people take more places, and fewer than twice as many.
    EXPECT_GT(cells[0].number, cells[1].number);
    EXPECT_LT(cells[0].number, 2 * cells[1].number);
  }
  EXPECT_LE(report.needed[0][0].number, report.needed[1][0].number);
}

/// With one place fewer as the ceiling the standard does not hold.
TEST(DimensionPlaces, AreTheSmallestNumber) {
  auto const needed = NeededCase{"choose: [{measure: course, by: region}]\ncertainty: 0.8\n"}.needed().needed[0];
  auto const fewer =
      NeededCase{"choose: [{measure: course, by: region, ceiling: {a: " + std::to_string(needed[0].number - 1) +
                 ", b: 50}}]\ncertainty: 0.8\n"}
          .needed()
          .needed[0];
  EXPECT_FALSE(fewer[0].is_met);
  EXPECT_EQ(fewer[0].number, needed[0].number - 1);
  EXPECT_LT(fewer[0].runs_met, 0.8);
  EXPECT_GE(needed[0].runs_met, 0.8);
  // The regions do not touch each other.
  EXPECT_EQ(fewer[1].number, needed[1].number);
}

TEST(DimensionPlaces, OfAResourceAreItsNumber) {
  auto const staff = NeededCase{"choose: [{resource: coach, by: region}]\ncertainty: 0.8\n"}.needed().needed[0];
  auto const places = NeededCase{"choose: [{measure: course, by: region}]\ncertainty: 0.8\n"}.needed().needed[0];
  for (std::size_t c = 0; c < 2; ++c) {
    EXPECT_TRUE(staff[c].staff.empty());
    EXPECT_EQ(staff[c].number, (places[c].number + 7) / 8);
  }
}

TEST(DimensionPlaces, AreTheSameForAnyNumberOfThreads) {
  NeededCase const one{"choose: [{measure: course, by: region, step: 2, floor: 4}]\n"};
  auto const a = one.needed(1);
  auto const b = one.needed(3);
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t c = 0; c < 2; ++c) {
      EXPECT_EQ(a.needed[k][c].number, b.needed[k][c].number);
      EXPECT_EQ(a.needed[k][c].share, b.needed[k][c].share);
      EXPECT_EQ((a.needed[k][c].number - 4) % 2, 0U);
    }
}

/// What a stopped search prints is a bound, and says so.
TEST(DimensionPlaces, SayWhenTheSearchWasStopped) {
  NeededCase const mix{"choose: [{measure: course, by: region}]\nsimulations: 4\n"};
  DimensionReport const report = mix.needed();
  EXPECT_TRUE(report.is_cut);
  for (auto const& cells : report.needed)
    for (NeededNumber const& one : cells) EXPECT_FALSE(one.is_found);
  DimensionReport const whole = NeededCase{"choose: [{measure: course, by: region}]\n"}.needed();
  EXPECT_FALSE(whole.is_cut);
  for (auto const& cells : whole.needed)
    for (NeededNumber const& one : cells) EXPECT_TRUE(one.is_found);
}

/// Each person of the run stands for ten people, who take ten places.
TEST(DimensionPlaces, CountPeopleNotPersonsOfTheRun) {
  NeededCase mix{"choose: [{measure: course, by: region, step: 10}]\ncertainty: 0.8\n"};
  auto const alone = NeededCase{"choose: [{measure: course, by: region}]\ncertainty: 0.8\n"}.needed().needed[0];
  mix.scenario.scenario.weight = 10;
  auto const ten = mix.needed().needed[0];
  for (std::size_t c = 0; c < 2; ++c) {
    EXPECT_EQ(ten[c].number, 10 * alone[c].number);
    EXPECT_DOUBLE_EQ(ten[c].requests, 10 * alone[c].requests);
    EXPECT_DOUBLE_EQ(ten[c].share, alone[c].share);
  }
}

/// New luck: an interval for the share of runs that contains what was counted.
TEST(DimensionPlaces, AreTriedWithOtherLuck) {
  auto const needed = NeededCase{"choose: [{measure: course, by: region}]\ncertainty: 0.8\n"}.needed().needed[0];
  for (NeededNumber const& one : needed) {
    ASSERT_TRUE(one.low_95 && one.high_95);
    EXPECT_LT(*one.low_95, static_cast<double>(one.runs_met_new) / 20);
    EXPECT_GE(*one.high_95, static_cast<double>(one.runs_met_new) / 20);
    EXPECT_GE(one.runs_met_new, 10U);
  }
}

/// A resource keeps its caseload, and loses whatever else said how many there are.
TEST(DimensionPlaces, AreWrittenAsAResource) {
  NeededCase const mix{"choose: [{resource: coach, by: total}]\n"};
  std::string const path = (mix.folder.path() / "made.yaml").string();
  Diagnostics diagnostics;
  mix.folder.write("made.yaml", scenario_yaml(mix.design, mix.cells, {5}, path, diagnostics));
  throw_if_errors(diagnostics);
  Resource const made = support::read_world(path).scenario.resources.front();
  EXPECT_EQ(made.caseload, 8);
  ASSERT_EQ(made.pools.size(), 1U);
  EXPECT_FALSE(made.pools.front().region);
  EXPECT_EQ(made.pools.front().steps.front().places, 5);
}

}  // namespace
}  // namespace utvei
