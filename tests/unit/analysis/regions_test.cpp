// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/analysis/region_pair.hpp"
#include "support/files.hpp"
#include "support/world.hpp"

#include <utvei/analysis/regions.hpp>

#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;

constexpr std::string_view region_tree =
    "region;parent;level;name_nb;unemployment\nn;;country;Landet;\na;n;county;A;4\nb;n;county;B;2\n";

constexpr std::string_view region_model = R"(utvei: model/1
name: regions
regions: regions.csv
states:
  school: {group: education}
  work: {group: work}
  aap: {group: outside, limit: {after: 3 years, stay: 0.5, to: shares.csv}}
traits:
  sex: [female, male]
definitions:
  ill: {states: [aap], age: {from: 18, to: 67}, at: "11-16"}
transitions:
  - {from: school, to: work, rate_per_year: 0.5}
  - {from: work, to: aap, rates: rates.csv}
  - {from: aap, to: work, rates: rates.csv}
)";

constexpr std::string_view region_rates = R"(from;to;region;sex;age_from;age_to;rate_per_year;log_se
work;aap;a;female;;;0.20;0.1
work;aap;a;male;;30;0.10;0.1
work;aap;a;male;30;;0.15;0.1
work;aap;b;female;;;0.10;0.1
work;aap;b;male;;;0.05;0.1
aap;work;a;;;;0.2;0.1
aap;work;b;;;;0.4;0.1
)";

constexpr std::string_view region_people = R"(state;region;sex;age;count
school;a;female;17;100
work;a;female;25;200
aap;a;female;40;150
work;a;male;29;300
school;b;female;17;300
work;b;female;25;100
work;b;male;45;500
aap;b;male;45;50
)";

class RegionsTest : public testing::Test {
 protected:
  RegionsTest() {
    folder_.write("regions.csv", region_tree);
    folder_.write("rates.csv", region_rates);
    folder_.write("people.csv", region_people);
    folder_.write("shares.csv", "to;share\nwork;1\n");
  }
  support::World world(std::string const& more = "start: 2025-01-01\n") {
    return support::make_world(folder_, region_model,
                               "years: 10\npopulation: {file: people.csv}\nage_groups: [16, 20, 30]\n" + more);
  }
  static RegionSide side(support::World const& world, std::string const& code) {
    return {{world.scenario, world.rates, world.people}, world.scenario.model.regions.find(code), code};
  }
  static RegionOutcome years_in(support::World const& world, std::string const& state) {
    RegionOutcome outcome{state, {}, std::vector<bool>(world.scenario.model.states.size(), false), {}, {}};
    outcome.states[world.scenario.model.state(state).value().value()] = true;
    return outcome;
  }
  static double sum_of(RegionDifference const& difference) {
    double sum = 0;
    for (RegionNumber const& part : difference.contributions) sum += part.value;
    return sum;
  }
  static double part(RegionsReport const& report, std::string_view component, std::size_t difference = 0) {
    auto const found = std::ranges::find(report.components, component);
    return report.differences[difference]
        .contributions.at(static_cast<std::size_t>(found - report.components.begin()))
        .value;
  }

  support::TempFolder folder_;
};

TEST_F(RegionsTest, PartsSumToTheDifferenceOfWhatRunsGive) {
  auto const here = world();
  RegionOutcome heads = years_in(here, "aap");
  heads.at = *date(2030, 11, 16);
  RegionOutcome defined{"ill", {}, {}, here.scenario.model.definitions.front(), *date(2030, 11, 16)};
  auto const report = decompose_regions({{side(here, "a"), side(here, "b")}}, {years_in(here, "aap"), heads, defined},
                                        plain_factors(here.scenario.model), {});
  EXPECT_EQ(report.method, RegionMethod::equations);
  ASSERT_EQ(report.differences.size(), 3U);
  for (RegionDifference const& each : report.differences) {
    EXPECT_NEAR(sum_of(each), each.total.value, 1e-12);
    EXPECT_NEAR(each.total.value, each.region.value - each.reference.value, 1e-12);
    EXPECT_GT(each.total.value, 0);
  }
  EXPECT_EQ(part(report, "exits_from_education"), 0);  // the same everywhere
  EXPECT_GT(part(report, "exits_from_work"), 0);
  EXPECT_GT(part(report, "exits_from_outside"), 0);
  EXPECT_EQ(part(report, "limits"), 0);

  RegionOptions simulated;
  simulated.method = RegionMethod::simulation;
  simulated.replicates = 20;
  auto const by_luck = decompose_regions({{side(here, "a"), side(here, "b")}}, {years_in(here, "aap")},
                                         plain_factors(here.scenario.model), simulated);
  for (std::size_t c = 0; c < report.components.size(); ++c) {
    RegionNumber const& number = by_luck.differences[0].contributions[c];
    EXPECT_NEAR(number.value, report.differences[0].contributions[c].value, 4 * number.mc_se + 1e-9);
  }
}

/// What parameter draws say does not depend on the method: luck neither widens intervals nor eats them up.
TEST_F(RegionsTest, IntervalsOfSimulationsAreThoseOfEquations) {
  auto const here = world();
  auto const with = [&](RegionMethod method) {
    RegionOptions options;
    options.method = method;
    options.draws = 60;
    return decompose_regions({{side(here, "a"), side(here, "b")}}, {years_in(here, "aap")},
                             plain_factors(here.scenario.model), options);
  };
  auto const expected = with(RegionMethod::equations);
  auto const simulated = with(RegionMethod::simulation);
  auto const width = [](RegionNumber const& of) { return *of.high_95 - *of.low_95; };
  for (std::size_t c = 0; c < expected.components.size(); ++c) {
    double const of_equations = width(expected.differences[0].contributions[c]);
    double const of_simulation = width(simulated.differences[0].contributions[c]);
    if (of_equations < 0.02) continue;
    EXPECT_NEAR(of_simulation / of_equations, 1, 0.35) << expected.components[c];
  }
  EXPECT_NEAR(width(simulated.differences[0].total) / width(expected.differences[0].total), 1, 0.35);
}

TEST_F(RegionsTest, TheSameForAnyNumberOfThreads) {
  auto const here = world();
  auto const with = [&](std::size_t threads) {
    RegionOptions options;
    options.threads = threads;
    options.draws = 20;
    auto const report = decompose_regions({{side(here, "a"), side(here, "b")}}, {years_in(here, "aap")},
                                          plain_factors(here.scenario.model), options);
    std::vector<double> numbers;
    for (RegionNumber const& each : report.differences[0].contributions)
      numbers.insert(numbers.end(), {each.value, *each.low_95, *each.high_95});
    return numbers;
  };
  EXPECT_EQ(with(1), with(4));
}

TEST_F(RegionsTest, SimulationsTheSameForAnyNumberOfThreads) {
  auto const here = world();
  auto const with = [&](std::size_t threads) {
    RegionOptions options;
    options.method = RegionMethod::simulation;
    options.threads = threads;
    options.replicates = 2;
    auto const report = decompose_regions({{side(here, "a"), side(here, "b")}}, {years_in(here, "aap")},
                                          plain_factors(here.scenario.model), options);
    std::vector<double> numbers;
    for (RegionNumber const& each : report.differences[0].contributions)
      numbers.insert(numbers.end(), {each.value, each.mc_se});
    return numbers;
  };
  EXPECT_EQ(with(1), with(3));
}

TEST_F(RegionsTest, SwappedSidesSwapSigns) {
  auto const here = world();
  auto const report = decompose_regions({{side(here, "a"), side(here, "b")}, {side(here, "b"), side(here, "a")}},
                                        {years_in(here, "aap")}, plain_factors(here.scenario.model), {});
  for (std::size_t c = 0; c < report.components.size(); ++c)
    EXPECT_NEAR(report.differences[0].contributions[c].value, -report.differences[1].contributions[c].value, 1e-12);
}

/// The country is no region of its own: what its mean rates leave out is a part of its own.
TEST_F(RegionsTest, AgainstTheCountry) {
  auto const here = world();
  auto const report = decompose_regions({{side(here, "a"), side(here, "n")}}, {years_in(here, "aap")},
                                        plain_factors(here.scenario.model), {});
  auto const apart = decompose_regions({{side(here, "a"), side(here, "b")}}, {years_in(here, "aap")},
                                       plain_factors(here.scenario.model), {});
  RegionDifference const& found = report.differences[0];
  double const a = apart.differences[0].region.value;
  double const b = apart.differences[0].reference.value;
  EXPECT_NEAR(found.region.value, a, 1e-9);
  EXPECT_NEAR(found.reference.value, (750 * a + 950 * b) / 1700, 1e-9);
  EXPECT_NEAR(sum_of(found), found.total.value, 1e-12);
  EXPECT_NE(part(report, within_component), 0);
}

/// Else each group of exits would have worlds of its own: the mean of equal numbers is not exactly these when it is
/// rounded.
TEST_F(RegionsTest, MeansOfEqualRatesAreExactlyThese) {
  folder_.write("people.csv",
                "state;region;sex;age;count\nwork;a;female;25;71\nwork;a;male;25;13\nwork;b;female;25;29\n"
                "work;b;male;45;57\naap;b;male;45;50\n");
  folder_.write("rates.csv",
                "from;to;region;rate_per_year\nwork;aap;a;0.1\nwork;aap;b;0.2\naap;work;a;0.3\naap;work;b;0.3\n");
  folder_.write("shares.csv", "region;to;share\na;work;0.7\na;school;0.3\nb;work;0.7\nb;school;0.3\n");
  auto const here = world();
  auto const outcomes = std::vector{years_in(here, "aap")};
  RegionPair const pair{side(here, "a"), side(here, "n")};
  RunPlan const plan = plan_of_sides(pair.region, pair, outcomes, std::nullopt);
  auto const weights = [&](RegionSide const& of) { return weights_of_side(of, rows_of_side(of), plan.profiles); };
  RegionWeights const of_region = weights(pair.region);
  RegionWeights const of_country = weights(pair.reference);
  ASSERT_EQ(of_country.regions.size(), 2U);
  RegionTemplate const shape{{plan, of_region}, {plan, of_country}, here.scenario.model};
  auto const region = shape.rates_of({plan, of_region});
  auto const country = shape.rates_of({plan, of_country});
  auto const of = [&](std::string_view state) { return here.scenario.model.state(state).value().value(); };
  EXPECT_NE(region[of("work")].intensity, country[of("work")].intensity);
  EXPECT_EQ(region[of("school")].intensity, country[of("school")].intensity);
  EXPECT_EQ(region[of("aap")].intensity, country[of("aap")].intensity);
  ASSERT_FALSE(region[of("aap")].rules.empty());
  EXPECT_EQ(region[of("aap")].rules, country[of("aap")].rules);
}

TEST_F(RegionsTest, RatesOfTheReferenceAreAScenario) {
  auto const here = world();
  RegionPair const pair{side(here, "a"), side(here, "b")};
  auto const report = decompose_regions({pair}, {years_in(here, "aap")}, plain_factors(here.scenario.model), {});
  folder_.write("exchanged.yaml", scenario_with_rates_of(pair, (folder_ / "exchanged.yaml").string()));
  auto const exchanged = support::read_world((folder_ / "exchanged.yaml").string());
  auto const again = decompose_regions({{side(exchanged, "a"), side(exchanged, "b")}}, {years_in(exchanged, "aap")},
                                       plain_factors(here.scenario.model), {});
  double const wanted = report.differences[0].with_reference_rates.value;
  EXPECT_NE(wanted, report.differences[0].region.value);
  EXPECT_NEAR(again.differences[0].region.value, wanted, 1e-7);
  EXPECT_NEAR(again.differences[0].reference.value, report.differences[0].reference.value, 1e-12);
  EXPECT_NEAR(part(again, "exits_from_work"), 0, 1e-7);
}

/// Rates that differ as the covariate says are its, and nothing remains of them.
TEST_F(RegionsTest, LabourMarketTakesItsPart) {
  folder_.write("rates.csv", "from;to;region;rate_per_year\nwork;aap;;0.1\naap;work;a;0.1\naap;work;b;0.4\n");
  auto const here = world();
  RegionFactors factors = plain_factors(here.scenario.model);
  TransitionId const back = here.scenario.model.transition("aap -> work").value();
  factors.labour_market.push_back({{back}, 0, {0.5, 0.5, {}}, StreamId{}, {}});  // half for each of two units
  auto const report = decompose_regions({{side(here, "a"), side(here, "b")}}, {years_in(here, "aap")}, factors, {});
  auto const plain = decompose_regions({{side(here, "a"), side(here, "b")}}, {years_in(here, "aap")},
                                       plain_factors(here.scenario.model), {});
  EXPECT_NEAR(part(report, "exits_from_outside"), 0, 1e-9);
  EXPECT_NEAR(part(report, labour_market_component), part(plain, "exits_from_outside"), 1e-9);
  EXPECT_NEAR(report.differences[0].total.value, plain.differences[0].total.value, 1e-12);
}

TEST_F(RegionsTest, TwoYearsOfOneRegion) {
  folder_.write("rates.csv",
                "from;to;year_from;year_to;rate_per_year\nwork;aap;;2020;0.2\nwork;aap;2020;;0.1\naap;work;;;0.3\n");
  auto const later = world("start: 2021-01-01\n");
  auto const earlier = world("start: 2005-01-01\n");
  RegionPair const years{side(later, "a"), side(earlier, "a")};
  RegionFactors factors = plain_factors(later.scenario.model);
  auto const report = decompose_regions({years}, {years_in(later, "aap")}, factors, {});
  EXPECT_LT(part(report, "exits_from_work"), -0.1);
  EXPECT_NEAR(part(report, "exits_from_work"), report.differences[0].total.value, 2e-3);  // leap days
  EXPECT_NEAR(part(report, composition_component), 0, 1e-12);

  factors.breaks.push_back({*date(2015, 1, 1), "benefits were merged", {}});
  try {
    decompose_regions({years}, {years_in(later, "aap")}, factors, {});
    FAIL() << "years on both sides of a break were compared";
  } catch (InputError const& error) {
    EXPECT_THAT(error.what(), HasSubstr("both sides of a break: benefits were merged"));
  }
  factors.breaks.front().at = *date(2005, 1, 1);
  EXPECT_NO_THROW(decompose_regions({years}, {years_in(later, "aap")}, factors, {}));
}

}  // namespace
}  // namespace utvei
