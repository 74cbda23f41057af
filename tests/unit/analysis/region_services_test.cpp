// SPDX-License-Identifier: Apache-2.0
// Measures as a part of the difference between regions. People of the two regions are alike and have one luck, so that
// nothing is left to chance between them.
#include "support/files.hpp"
#include "support/world.hpp"

#include <utvei/analysis/regions.hpp>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view service_model = R"(utvei: model/1
name: services
regions: regions.csv
states:
  work: {group: work}
  aap: {group: outside}
traits:
  sex: [female, male]
transitions:
  - {from: work, to: aap, rate_per_year: 0.2}
  - {from: aap, to: work, rates: rates.csv}
)";

constexpr std::string_view same_rates = "from;to;region;rate_per_year\naap;work;n;0.2\n";
constexpr std::string_view other_rates = "from;to;region;rate_per_year\naap;work;a;0.1\naap;work;b;0.2\n";
constexpr std::string_view rates_of_a = "from;to;region;rate_per_year\naap;work;n;0.1\n";

/// A course in these regions, with this much more to say of it.
std::string course_in(std::string_view regions, std::string_view more = {},
                      std::string_view ratio = "{mean: 2, interval_95: [1.5, 2.7]}") {
  return fmt::format(
      "measures:\n  - name: course\n    who: {{state: aap, region: {}}}\n    found_after: {{median: 2 months}}\n"
      "    uptake: 0.8\n    lasts: {{median: 1 year}}\n"
      "    effects: [{{transition: aap -> work, hazard_ratio: {}, after: {{half_life: 1 year}}}}]\n"
      "    evidence: {{source: a study, confidence: M}}\n{}",
      regions, ratio, more);
}

class RegionServicesTest : public testing::Test {
 protected:
  RegionServicesTest() {
    folder_.write("regions.csv", "region;parent;level;name_nb\nn;;country;Landet\na;n;county;A\nb;n;county;B\n");
    folder_.write("people.csv", people_of("a") + people_of("b"));
    folder_.write("rates.csv", same_rates);
  }
  static std::string people_of(std::string const& region) {
    std::string const head = region == "a" ? "state;region;sex;age;count\n" : "";
    return head + fmt::format("work;{0};female;25;120\naap;{0};male;40;180\nwork;{0};male;29;200\n", region);
  }
  /// The people of the second half are those of the first, in the other region.
  support::World world(std::string const& measures) {
    auto made = support::make_world(folder_, service_model,
                                    "start: 2025-01-01\nyears: 6\nseed: 5\nreplicates: 3\nage_groups: [20, 30]\n"
                                    "breakdowns: [[region, state]]\npopulation: {file: people.csv}\n" +
                                        measures);
    std::size_t const half = made.people.size() / 2;
    for (std::size_t i = 0; i < half; ++i) made.people.key[PersonRow{half + i}] = made.people.key[PersonRow{i}];
    return made;
  }
  static RegionSide side(support::World const& world, std::string const& code) {
    return {{world.scenario, world.rates, world.people}, world.scenario.model.regions.find(code), code};
  }
  static std::vector<RegionOutcome> years_in_aap(support::World const& world) {
    RegionOutcome outcome{"aap", {}, std::vector<bool>(world.scenario.model.states.size(), false), {}, {}};
    outcome.states[world.scenario.model.state("aap").value().value()] = true;
    return {outcome};
  }
  static RegionsReport split(support::World const& here, RegionOptions options = {}, std::string const& region = "a",
                             std::string const& reference = "b") {
    options.replicates = 3;
    return decompose_regions({{side(here, region), side(here, reference)}}, years_in_aap(here),
                             plain_factors(here.scenario.model), options);
  }
  static RegionNumber const& part(RegionsReport const& report, std::string_view component) {
    auto const found = std::ranges::find(report.components, component);
    return report.differences.front().contributions.at(static_cast<std::size_t>(found - report.components.begin()));
  }
  static double sum_of_parts(RegionsReport const& report) {
    double sum = 0;
    for (RegionNumber const& each : report.differences.front().contributions) sum += each.value;
    return sum;
  }
  static std::string message_of(support::World const& here, std::string const& reference = "b") {
    try {
      split(here, {}, "a", reference);
    } catch (InputError const& error) {
      return error.what();
    }
    return {};
  }

  support::TempFolder folder_;
};

TEST_F(RegionServicesTest, WhereOnlyAMeasureDiffersItIsTheWholeDifference) {
  auto const report = split(world(course_in("[a]")));
  EXPECT_EQ(report.method, RegionMethod::simulation);
  EXPECT_THAT(report.why_not_equations, HasSubstr("measures"));
  EXPECT_TRUE(report.identifies_services());
  RegionNumber const& total = report.differences.front().total;
  EXPECT_LT(total.value, -0.1);
  EXPECT_NEAR(part(report, services_component).value, total.value, 1e-12);
  EXPECT_NEAR(part(report, services_component).mc_se, total.mc_se, 1e-12);
  for (std::string const& component : report.components) {
    if (component == services_component) continue;
    EXPECT_EQ(part(report, component).value, 0) << component;
  }
  EXPECT_EQ(report.differences.front().with_reference_rates.value, report.differences.front().reference.value);
}

TEST_F(RegionServicesTest, TheSameMeasureInBothIsExactlyNothing) {
  folder_.write("rates.csv", other_rates);
  auto const report = split(world(course_in("[\"n\"]")));
  EXPECT_EQ(part(report, services_component).value, 0);
  EXPECT_EQ(part(report, services_component).mc_se, 0);
  EXPECT_GT(part(report, "exits_from_outside").value, 0.1);
  EXPECT_NEAR(part(report, "exits_from_outside").value, report.differences.front().total.value, 1e-12);
}

/// Kitagawa's two factors, by four runs of `run`.
TEST_F(RegionServicesTest, MeasureAndRateAreThoseOfFourRuns) {
  auto const years = [&](std::string_view rates, std::string const& measures) {
    folder_.write("rates.csv", rates);
    auto const here = world(measures);
    return support::total(here.run(), "person_years", "state", "aap") / static_cast<double>(3 * here.people.size());
  };
  double const none = years(same_rates, "");
  double const offered = years(same_rates, course_in("[\"n\"]"));
  double const none_slow = years(rates_of_a, "");
  double const offered_slow = years(rates_of_a, course_in("[\"n\"]"));
  double const by_services = ((offered - none) + (offered_slow - none_slow)) / 2;
  double const by_rate = ((none_slow - none) + (offered_slow - offered)) / 2;

  folder_.write("rates.csv", other_rates);
  auto const report = split(world(course_in("[a]")));
  EXPECT_NEAR(part(report, services_component).value, by_services, 1e-9);
  EXPECT_NEAR(part(report, "exits_from_outside").value, by_rate, 1e-9);
  EXPECT_NEAR(report.differences.front().total.value, offered_slow - none, 1e-9);
  EXPECT_NEAR(sum_of_parts(report), report.differences.front().total.value, 1e-12);
}

/// Half of the country is offered it: half of the difference to a region without.
TEST_F(RegionServicesTest, ACountryIsOfferedWhatItsRegionsAre) {
  auto const here = world(course_in("[a]"));
  double const apart = part(split(here), services_component).value;
  auto const report = split(here, {}, "b", "n");
  EXPECT_NEAR(part(report, services_component).value, -apart / 2, 1e-12);
  EXPECT_NEAR(part(report, within_component).value, 0, 1e-12);
  EXPECT_NEAR(sum_of_parts(report), report.differences.front().total.value, 1e-12);
}

TEST_F(RegionServicesTest, IntervalsHoldWhatIsNotKnownOfTheEffect) {
  RegionOptions options;
  options.draws = 40;
  auto const report = split(world(course_in("[a]")), options);
  RegionNumber const& of_services = part(report, services_component);
  EXPECT_LT(*of_services.low_95, of_services.value - 0.02);
  EXPECT_GT(*of_services.high_95, of_services.value + 0.02);
  EXPECT_EQ(*part(report, "exits_from_outside").low_95, 0);
  auto const known = split(world(course_in("[a]", "", "2")), options);
  EXPECT_NEAR(*part(known, assumed_services_component).low_95, *part(known, assumed_services_component).high_95, 1e-12);
}

TEST_F(RegionServicesTest, TheSameForAnyNumberOfThreads) {
  auto const here = world(course_in("[a]"));
  auto const with = [&](std::size_t threads) {
    RegionOptions options;
    options.threads = threads;
    options.draws = 20;
    auto const report = split(here, options, "a", "n");
    std::vector<double> numbers;
    for (RegionNumber const& each : report.differences.front().contributions)
      numbers.insert(numbers.end(), {each.value, each.mc_se, *each.low_95, *each.high_95});
    return numbers;
  };
  EXPECT_EQ(with(1), with(3));
}

TEST_F(RegionServicesTest, WhatIsAssumedIsNotCalledServices) {
  using enum RegionService::Doubt;
  auto const doubts = [&](std::string const& measures) {
    auto const report = split(world(measures));
    EXPECT_FALSE(report.identifies_services());
    EXPECT_NE(part(report, assumed_services_component).value, 0);
    EXPECT_EQ(std::ranges::count(report.components, services_component), 0);
    std::vector<RegionService::Doubt> found;
    for (RegionService const& each : report.services) found.push_back(each.doubt);
    return found;
  };
  std::string const hall =
      "  - {name: hall, who: {state: aap}, effects: [{transition: aap -> work, hazard_ratio: 1.1, assumed: true}]";
  EXPECT_EQ(doubts(course_in("[a]", hall + "}\n")), (std::vector{none, no_evidence}));
  EXPECT_EQ(doubts(course_in("[a]", hall + ", evidence: {source: a study, confidence: L}}\n")),
            (std::vector{none, assumed_effect}));
  EXPECT_EQ(doubts(course_in("[a]", "", "2")), (std::vector{no_interval}));
  EXPECT_EQ(doubts(course_in("[a]", "    locks_in: {transition: aap -> work, hazard_ratio: 0.5, for: 1 month}\n")),
            (std::vector{no_interval}));
}

/// It acts on neither side, so neither its places nor what it rests on matter.
TEST_F(RegionServicesTest, AMeasureElsewhereIsNoPart) {
  folder_.write("regions.csv", "region;parent;level;name_nb\nn;;country;\na;n;county;A\nb;n;county;B\nc;n;county;C\n");
  folder_.write("people.csv", people_of("a") + people_of("b") + "aap;c;male;40;2\n");
  folder_.write("rates.csv", std::string{other_rates} + "aap;work;c;0.3\n");
  auto const measures = course_in("[c]", "    places: {per_region: {c: 1}}\n", "2");
  auto const here = world(measures);
  auto const report = split(here);
  EXPECT_TRUE(report.services.empty());
  EXPECT_EQ(std::ranges::count(report.components, assumed_services_component), 0);
  EXPECT_THAT(message_of(here, "n"), HasSubstr("people wait for each other in `course`"));
}

TEST_F(RegionServicesTest, MeasuresThatCouplePeopleAreRefusedAllAtOnce) {
  auto const message = message_of(world("resources: {mentor: {total: 3}}\n" +
                                        course_in("[a]",
                                                  "    places: {total: 5}\n"
                                                  "  - {name: mentors, who: {state: aap, region: [b]}, uses: mentor}\n"
                                                  "  - {name: advice, who: {state: aap}}\n")));
  EXPECT_THAT(message, AllOf(HasSubstr("in `course`"), HasSubstr("in `mentors`"), Not(HasSubstr("`advice`"))));
}

TEST_F(RegionServicesTest, TwoYearsAreComparedWithoutMeasures) {
  auto const now = world(course_in("[a]"));
  auto const before = world("");
  RegionPair const years{side(now, "a"), side(before, "a")};
  EXPECT_THROW(decompose_regions({years}, years_in_aap(now), plain_factors(now.scenario.model), {}), InputError);
}

}  // namespace
}  // namespace utvei
