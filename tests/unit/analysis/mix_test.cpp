// SPDX-License-Identifier: Apache-2.0
// The best mix against all mixes of a small world, each simulated.
#include "../../../sim/analysis/mix_worlds.hpp"
#include "support/files.hpp"
#include "support/world.hpp"

#include <utvei/analysis/mix.hpp>

#include <cmath>
#include <numeric>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;

constexpr std::string_view mix_model = R"(utvei: model/1
name: mix
regions: regions.csv
states: {out: {group: outside}, work: {group: work}}
transitions:
  - {from: out, to: work, rate_per_year: 0.2}
  - {from: work, to: out, rate_per_year: 0.1}
)";

constexpr std::string_view strong_alone = R"(start: 2025-01-01
years: 4
population: {persons: 3000, state: {out: 2, work: 1}, region: {a: 2, b: 1}}
seed: 4
measures:
  - name: strong
    who: {state: out}
    uptake: 0.3
    places: {per_region: 5}
    lasts: {median: 6 months}
    effects: [{transition: out -> work, hazard_ratio: 3, after: {half_life: 6 months}, assumed: true}]
)";

std::string const both_measures = std::string{strong_alone} + R"(  - name: weak
    who: {state: out}
    uptake: 0.3
    not_with: [strong]
    places: {total: 3}
    lasts: {median: 6 months}
    effects: [{transition: out -> work, hazard_ratio: 1.8, after: {half_life: 6 months}, assumed: true}]
)";

/// A mix with the scenario that it is of.
struct MixCase {
  support::TempFolder folder;
  support::World scenario;
  MixDesign design;
  std::vector<MixCell> cells;

  explicit MixCase(std::string const& mix, std::string_view text = strong_alone) {
    folder.write("regions.csv", "region;parent;level;name_nb\na;;m;A\nb;;m;B\n");
    scenario = support::make_world(folder, mix_model, text);
    std::string const path = folder.write("mix.yaml", "utvei: mix/1\nname: best\nscenario: scenario.yaml\n" + mix);
    Diagnostics diagnostics;
    design = read_mix(path, {}, {}, diagnostics);
    throw_if_errors(diagnostics);
    cells = mix_cells(design, world(), diagnostics);
    throw_if_errors(diagnostics);
  }
  [[nodiscard]] MixWorld world() const { return {scenario.scenario, scenario.rates, scenario.people}; }
  [[nodiscard]] MixReport best(std::size_t threads = 2) const {
    return optimise_mix(design, cells, world(), {threads, nullptr, {}});
  }
  /// The mean outcome of a mix, with the luck of the search.
  [[nodiscard]] double worth(MixNumbers const& numbers) const {
    MixOptions const options{2, nullptr, {}};
    MixWorlds worlds{design, cells, std::vector<std::size_t>(cells.size(), 0), 1, world(), options};
    auto const values = worlds.outcomes(numbers).front();
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }
};

std::string const by_region =
    "choose: [{measure: strong, by: region, step: 20}]\nmaximise: {person_years: work}\nreplicates: 5\n";

/// Cells, mix: tries all that the budget buys.
double best_by_trying(MixCase const& mix, double budget) {
  double most = -1e300;
  MixNumbers numbers(mix.cells.size(), 0);
  while (true) {
    double spent = 0;
    for (std::size_t c = 0; c < numbers.size(); ++c) spent += numbers[c] * mix.cells[c].price;
    if (spent <= budget) most = std::max(most, mix.worth(numbers));
    std::size_t c = 0;
    while (c < numbers.size() && (numbers[c] += mix.cells[c].step) * mix.cells[c].price > budget) numbers[c++] = 0;
    if (c == numbers.size()) return most;
  }
}

TEST(Mix, OfRegionsApartIsTheBestOfAll) {
  MixCase const mix{by_region + "budget: {places: 100}\n"};
  MixReport const report = mix.best();
  EXPECT_TRUE(report.is_separable);
  EXPECT_EQ(report.spent, 100);
  EXPECT_NEAR(mix.worth(report.numbers), best_by_trying(mix, 100), 1e-6);
}

/// Who takes part in the weak one cannot begin the strong one: all hang together.
TEST(Mix, OfMeasuresThatTouchEachOtherIsTheBestOfAll) {
  MixCase const mix{
      "choose: [{measure: strong, by: region, step: 30, price: 2}, {measure: weak, by: total, step: 30, price: 1}]\n"
      "maximise: {person_years: work}\nbudget: {kroner_per_year: 180}\nreplicates: 5\n",
      both_measures};
  MixReport const report = mix.best();
  EXPECT_FALSE(report.is_separable);
  EXPECT_NEAR(mix.worth(report.numbers), best_by_trying(mix, 180), 1e-6);
}

TEST(Mix, TellsWhatIsCertainAndWhatItGains) {
  MixCase const mix{by_region + "budget: {places: 100}\n"};
  MixReport const report = mix.best();
  EXPECT_EQ(report.resamples, 200U);
  EXPECT_EQ(report.cut_short, 0U);
  for (std::size_t c = 0; c < 2; ++c) {
    EXPECT_LE(report.certain[c], report.numbers[c]);
    EXPECT_LE(report.low[c], report.numbers[c]);
    EXPECT_GE(report.high[c], report.numbers[c]);
  }
  EXPECT_GT(report.over_none.mean, 4 * report.over_none.mc_se);
  EXPECT_NEAR(report.over_none.mean - report.even_over_none.mean, report.over_even.mean, 1e-6);
  ASSERT_TRUE(report.next);
  EXPECT_GT(report.one_more[*report.next]->mean, 0);
}

/// One measure is three times as strong, and costs the same: it gets all of the money that its people can use.
TEST(Mix, PrefersWhatDoesMore) {
  MixCase const mix{
      "choose: [{measure: strong, by: total, step: 20}, {measure: weak, by: total, step: 20}]\n"
      "maximise: {person_years: [work]}\nbudget: {places: 40}\nreplicates: 10\n",
      both_measures};
  MixReport const report = mix.best();
  EXPECT_THAT(report.numbers, ElementsAre(40, 0));
  EXPECT_THAT(report.certain, ElementsAre(40, 0));
}

TEST(Mix, KeepsFloorsCeilingsAndFairness) {
  MixCase const bounded{
      "choose: [{measure: strong, by: region, step: 10, floor: {b: 15}, ceiling: {a: 20}}]\n"
      "maximise: {person_years: work}\nbudget: {places: 60}\nreplicates: 5\n"};
  MixNumbers const numbers = bounded.best().numbers;
  EXPECT_LE(numbers[0], 20U);
  EXPECT_GE(numbers[1], 15U);
  MixCase const fair{by_region + "budget: {places: 120}\nfairness: {largest_ratio: 1.01}\n"};
  EXPECT_THAT(fair.best().numbers, ElementsAre(80, 40));
}

TEST(Mix, MinimisesAndCountsYears) {
  MixCase const less{
      "choose: [{measure: strong, by: region, step: 20}]\nminimise: {person_years: outside}\nreplicates: 5\n"
      "budget: {places: 100}\n"};
  MixCase const more{by_region + "budget: {places: 100}\n"};
  // There are two states.
  EXPECT_EQ(less.best().numbers, more.best().numbers);
  EXPECT_NEAR(less.best().over_none.mean, more.best().over_none.mean, 1e-6);
  MixCase const late{
      "choose: [{measure: strong, by: region, step: 20}]\nmaximise: {person_years: work, from: 2027, until: 2028}\n"
      "replicates: 5\nbudget: {places: 100}\n"};
  EXPECT_LT(late.best().over_none.mean, 0.7 * more.best().over_none.mean);
}

TEST(Mix, IsTheSameForAnyNumberOfThreads) {
  MixCase const mix{by_region + "budget: {places: 60}\n"};
  MixReport const one = mix.best(1);
  MixReport const three = mix.best(3);
  EXPECT_EQ(one.numbers, three.numbers);
  EXPECT_EQ(one.certain, three.certain);
  EXPECT_EQ(one.over_even.mean, three.over_even.mean);
}

TEST(Mix, SaysWhenItWasCutShort) {
  MixCase const mix{by_region + "budget: {places: 100}\nsimulations: 2\n"};
  EXPECT_TRUE(mix.best().is_cut);
}

/// Floors that are ceilings: the price of a plan, and nothing to decide.
TEST(Mix, OfAPlanThatIsFixedTellsWhatItGives) {
  MixCase const mix{
      "choose: [{measure: strong, by: region, floor: {a: 40, b: 20}, ceiling: {a: 40, b: 20}}]\n"
      "maximise: {person_years: work}\nbudget: {places: 60}\nreplicates: 5\n"};
  MixReport const report = mix.best();
  EXPECT_THAT(report.numbers, ElementsAre(40, 20));
  EXPECT_EQ(report.spent, 60);
  EXPECT_GT(report.over_none.mean, 0);
  EXPECT_EQ(report.over_even.mean, 0);
  EXPECT_FALSE(report.next);
}

/// With ratio 1 steps of 20 make 40 and 20 of these regions: 80 cannot be spent as fairly, one step alone neither.
TEST(Mix, SaysWhatFairnessHoldsBack) {
  MixCase const some{by_region + "budget: {places: 80}\nfairness: {largest_ratio: 1.01}\n"};
  MixReport const report = some.best();
  EXPECT_THAT(report.numbers, ElementsAre(40, 20));
  EXPECT_FALSE(report.next);
  EXPECT_TRUE(report.fairness_keeps_money);
  EXPECT_FALSE(report.even_is_fair);
  EXPECT_FALSE(report.is_nothing_for_fairness);
  MixCase const none{by_region + "budget: {places: 40}\nfairness: {largest_ratio: 1.01}\n"};
  EXPECT_TRUE(none.best().is_nothing_for_fairness);
}

/// The file that is written has the places, and all else of the scenario.
TEST(Mix, IsWrittenAsAScenario) {
  MixCase const mix{
      "choose: [{measure: strong, by: region, step: 20}, {measure: weak, by: total}]\n"
      "maximise: {person_years: work}\nbudget: {places: 40}\nreplicates: 5\n",
      both_measures};
  MixNumbers const numbers{40, 20, 7};
  std::string const path = (mix.folder.path() / "made.yaml").string();
  Diagnostics diagnostics;
  mix.folder.write("made.yaml", scenario_yaml(mix.design, mix.cells, numbers, path, diagnostics));
  throw_if_errors(diagnostics);
  support::World const made = support::read_world(path);
  EXPECT_EQ(made.scenario.name, "best");
  support::World wanted = mix.scenario;
  Scenario const study = scenario_of_mix(mix.design, mix.cells, numbers, mix.scenario.scenario);
  wanted.scenario.measures = study.measures;
  EXPECT_EQ(made.run().table("participants")->values, wanted.run().table("participants")->values);
}

}  // namespace
}  // namespace utvei
