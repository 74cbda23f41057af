// SPDX-License-Identifier: Apache-2.0
// What measures do to the lives of those who take part, against closed forms, and to nobody else's.
#include "rich_world.hpp"
#include "support/table_sum.hpp"

#include <cmath>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::life_courses_of;
using support::lives_that_differ;

constexpr std::string_view two_states = R"(utvei: model/1
name: two
states: {out: {group: outside}, work: {group: work}, dead: {absorbing: true}}
traits: {health: [good, bad]}
transitions:
  - {from: out, to: work, rate_per_year: 0.8}
  - {from: work, to: dead, rate_per_year: 0.000001}
)";

std::string everybody_out(std::string_view more, std::uint64_t persons = 200'000) {
  return "start: 2025-01-01\nyears: 4\nseed: 3\nstock_dates: [\"07-02\"]\nbreakdowns: [[year, health, state]]\n"
         "population: {persons: " +
         std::to_string(support::people_for_this_build(persons)) +
         ", state: out, traits: {health: {good: 1, bad: 1}}}\nmeasures:\n" + std::string{more};
}

RunResult run(std::string_view more) {
  return support::make_world(two_states, everybody_out(more)).run(2);
}

/// The share of those in good or bad health who are still out at the stock date of a year.
double still_out(RunResult const& result, std::string const& year, std::string const& health) {
  return sum(result, "stock", {{"year", year}, {"health", health}, {"state", "out"}}) /
         sum(result, "stock", {{"year", year}, {"health", health}});
}

double years_to_stock(int year) {
  return static_cast<double>((*date(year, 7, 2) - *date(2025, 1, 1)).minutes) / static_cast<double>(minutes_per_year);
}

void expect_share(double share, double expected, double people) {
  EXPECT_NEAR(share, expected, 4 * std::sqrt(expected * (1 - expected) / people));
}

double const half = static_cast<double>(support::people_for_this_build(200'000)) / 2;

TEST(Measures, MultiplyTheIntensityWhileTheyLast) {
  auto const result = run(
      "  - {name: m, who: {state: out}, lasts: {median: 1 year, shape: fixed}, evidence: {source: x, confidence: L},\n"
      "     effects: [{transition: out -> work, hazard_ratio: 2, by: {health: {bad: 0.5}}}]}\n");
  double const first = years_to_stock(2025);
  expect_share(still_out(result, "2025", "good"), std::exp(-0.8 * 2 * first), half);
  expect_share(still_out(result, "2025", "bad"), std::exp(-0.8 * std::sqrt(2.0) * first), half);
  double const later = years_to_stock(2026) - 1;
  expect_share(still_out(result, "2026", "good"), std::exp(-0.8 * (2 + later)), half);
  EXPECT_EQ(sum(result, "participants"), 2 * half);
  EXPECT_NEAR(sum(result, "participant_years"), 2 * half, 1e-6 * half);
  EXPECT_EQ(sum(result, "completions"), 2 * half);
}

TEST(Measures, LockInStandsInForTheEffects) {
  auto const result = run(
      "  - {name: m, who: {state: out}, lasts: {median: 1 year, shape: fixed}, evidence: {source: x, confidence: L},\n"
      "     locks_in: {transition: out -> work, hazard_ratio: 0.5, for: 0.25 years},\n"
      "     effects: [{transition: out -> work, hazard_ratio: 3}]}\n");
  double const first = years_to_stock(2025);
  expect_share(still_out(result, "2025", "good"), std::exp(-0.8 * (0.5 * 0.25 + 3 * (first - 0.25))), half);
}

TEST(Measures, EffectsFadeByTheMonth) {
  auto const result = run(
      "  - {name: m, who: {state: out}, lasts: {median: 1 day, shape: fixed}, evidence: {source: x, confidence: L},\n"
      "     effects: [{transition: out -> work, hazard_ratio: 4, after: {half_life: 6 months}}]}\n");
  double const day = 1 / 365.25;
  double integral = 4 * day;
  double left = years_to_stock(2026) - day;
  for (int month = 0; left > 0; ++month) {
    double const piece = std::min(left, 1.0 / 12);
    double const share = std::exp2(-(month + 0.5) / 6);
    integral += piece * (share < 0.01 ? 1 : std::pow(4, share));
    left -= piece;
  }
  expect_share(still_out(result, "2026", "good"), std::exp(-0.8 * integral), half);
}

TEST(Measures, PeopleAreFoundAskedAndSayYesOrNo) {
  auto const result =
      run("  - {name: m, who: {state: out}, found_after: {median: 6 months}, uptake: 0.3,\n"
          "     lasts: {median: 3 months, shape: fixed}}\n");
  // Of two exponential times the finding comes first with its share of the rates.
  double const found_rate = std::log(2.0) / 0.5;
  double const expected = found_rate / (found_rate + 0.8) * (1 - std::exp(-(found_rate + 0.8) * 4));
  expect_share(sum(result, "offers") / (2 * half), expected, 2 * half);
  expect_share(sum(result, "participants") / sum(result, "offers"), 0.3, sum(result, "offers"));
  EXPECT_EQ(sum(result, "participants") + sum(result, "refusals"), sum(result, "offers"));
}

TEST(Measures, RunBetweenTheirDates) {
  auto const result =
      run("  - {name: m, runs: {from: 2026-01-01, until: 2027-01-01}, who: {state: out}, ends_when: time}\n");
  EXPECT_EQ(sum(result, "participants", {{"year", "2025"}}), 0);
  EXPECT_NEAR(sum(result, "participants", {{"year", "2026"}}) / (2 * half), std::exp(-0.8 * 365 / 365.25),
              4 / std::sqrt(2 * half));
  EXPECT_EQ(sum(result, "completions"), sum(result, "participants")) << "they stay until that day, as they should";
  EXPECT_EQ(sum(result, "participant_years", {{"year", "2027"}}), 0);
}

TEST(Measures, PutOutWhoIsInThemWhenTheyClose) {
  auto const result =
      run("  - {name: m, runs: {until: 2026-01-01}, who: {state: out}, lasts: {median: 1 year, shape: fixed}}\n"
          "  - {name: o, runs: {until: 2026-01-01}, who: {state: out}, ends_when: leaves_state}\n");
  EXPECT_EQ(sum(result, "in_when_closed", {{"measure", "m"}}), 2 * half);
  EXPECT_EQ(sum(result, "early_exits", {{"measure", "m"}}), 0);
  double const found_work = sum(result, "transitions", {{"year", "2025"}, {"transition", "out -> work"}});
  EXPECT_EQ(sum(result, "early_exits", {{"measure", "o"}}), found_work);
  EXPECT_EQ(sum(result, "in_when_closed", {{"measure", "o"}}), 2 * half - found_work);
}

TEST(Measures, TakeNobodyInAndLetThoseInsideGoOn) {
  auto const result =
      run("  - {name: m, takes_in: {from: 2025-07-01, until: 2026-01-01}, who: {state: out}, found_after: {median: 3 "
          "months},\n"
          "     places: {total: 1000}, lasts: {median: 1 year, shape: fixed}}\n");
  EXPECT_GT(sum(result, "participants", {{"year", "2025"}}), 990);
  EXPECT_EQ(sum(result, "participants"), sum(result, "participants", {{"year", "2025"}}));
  EXPECT_EQ(sum(result, "offers"), sum(result, "offers", {{"year", "2025"}}));
  EXPECT_EQ(sum(result, "completions"), sum(result, "participants"));
  EXPECT_EQ(sum(result, "in_when_closed") + sum(result, "early_exits"), 0);
  // Whoever waits at the end of the intake waits no more.
  EXPECT_EQ(sum(result, "waiting_days", {{"year", "2026"}}), 0);
  EXPECT_GT(sum(result, "stopped_qualifying"), 0);
  // Half a year of a thousand places, and then those in use.
  EXPECT_NEAR(sum(result, "place_years", {{"year", "2025"}}), 1000 * 184 / 365.25, 1e-9);
  EXPECT_EQ(sum(result, "place_years", {{"year", "2026"}}), sum(result, "participant_years", {{"year", "2026"}}));
  EXPECT_NEAR(sum(result, "participant_years"), sum(result, "participants"), 1e-6);
}

TEST(Measures, ThatActOnNobodyChangeNoEvent) {
  auto const plain = life_courses_of(rich::world().run());
  for (char const* text : {
           "measures: [{name: m, who: {state: sick_leave}, places: {total: 0}, evidence: {source: x, confidence: L},\n"
           "  effects: [{transition: sick_leave -> work, hazard_ratio: 5}]}]\n",
           "measures: [{name: m, who: {state: [sick_leave, unknown]}, found_after: {median: 20 days}, uptake: 0.8,\n"
           "  lasts: {median: 3 months}, evidence: {source: x, confidence: L},\n"
           "  effects: [{transition: \"* -> work\", hazard_ratio: 1, after: {half_life: 1 year}}]}]\n",
           "measures: [{name: m, who: {state: [work, sick_leave]}, places: {per_region: 3}, queue: {order: random},\n"
           "  lasts: {median: 3 months}, locks_in: {transition: \"* -> work\", hazard_ratio: 1}}]\n",
       }) {
    EXPECT_EQ(lives_that_differ(plain, life_courses_of(rich::world(text).run())), 0U) << text;
  }
}

constexpr std::string_view busy =
    "measures:\n"
    "  - {name: first, who: {state: [sick_leave, unknown], region: [nord, s1]}, found_after: {median: 20 days},\n"
    "     uptake: 0.8, places: {per_region: {nord: 30, s1: {2025: 20, 2030: 40}}},\n"
    "     queue: {order: youngest, gives_up_after: {median: 5 months}, at_most: 60}, lasts: {median: 6 months},\n"
    "     ends_when: leaves_state, evidence: {source: x, confidence: L},\n"
    "     effects: [{transition: \"* -> work\", hazard_ratio: 1.8, after: {half_life: 8 months}}]}\n"
    "  - {name: second, who: {state: [sick_leave, aap, unknown]}, again_after: 4 months, places: {total: 45},\n"
    "     queue: {order: longest_out}, allocate: {every: 1 month}, lasts: {median: 4 months, shape: gamma(3)},\n"
    "     replaces: [first], evidence: {source: x, confidence: L},\n"
    "     effects: [{transition: \"* -> work\", hazard_ratio: 1.4}]}\n"
    "  - {name: third, who: {state: unknown, history: {left: school, within: 2 years}}, not_with: [second],\n"
    "     places: {per_1000: 4}, queue: {order: {by_trait: {sex: [male]}}}, lasts: {median: 9 months}}\n";

TEST(Measures, TellPlacesOfRegions) {
  RunResult const result = rich::world(busy).run();
  auto const places = [&](std::string const& region, std::string const& year) {
    return sum(result, "place_years_by_region_measure_year",
               {{"region", region}, {"measure", "first"}, {"year", year}});
  };
  EXPECT_NEAR(places("nord", "2026"), 30 * 365 / 365.25, 1e-9);
  EXPECT_NEAR(places("s1", "2029"), 20 * 365 / 365.25, 1e-9);
  EXPECT_NEAR(places("s1", "2030"), 40 * 365 / 365.25, 1e-9);
  EXPECT_EQ(places("n1", "2030"), 0);
  EXPECT_NEAR(sum(result, "place_years_by_region_measure_year", {{"measure", "first"}}),
              sum(result, "place_years", {{"measure", "first"}}), 1e-6);
  // Places for everybody are no region's.
  EXPECT_EQ(sum(result, "place_years_by_region_measure_year", {{"measure", "second"}}), 0);
}

TEST(Measures, AreTheSameForAnyNumberOfThreads) {
  support::World const world = rich::world(busy);
  RunResult const one = world.run(1, 10'000);
  EXPECT_GT(sum(one, "participants", {{"measure", "first"}}), 100);
  EXPECT_GT(sum(one, "participants", {{"measure", "second"}}), 100);
  EXPECT_GT(sum(one, "participants", {{"measure", "third"}}), 20);
  EXPECT_GT(sum(one, "gave_up"), 10);
  EXPECT_GT(sum(one, "turned_away"), 0);
  for (std::size_t const threads : {2U, 5U}) {
    EXPECT_TRUE(support::same_numbers(one, world.run(threads, 64))) << threads << " threads";
  }
}

std::string with_mentors(std::string_view mentors, std::string_view allocate = "") {
  return "resources: {mentor: " + std::string{mentors} +
         ", specialist: {total: 4, caseload: 10}}\nmeasures:\n"
         "  - {name: a, who: {state: [sick_leave, unknown]}, uses: [mentor, specialist], lasts: {median: 6 months}" +
         std::string{allocate} +
         "}\n"
         "  - {name: b, who: {state: [aap, unknown]}, uses: mentor, places: {total: 30}, lasts: {median: 4 months}}\n";
}

TEST(Measures, ShareResources) {
  auto const in_measure = [](RunResult const& result, std::string const& measure, std::string const& region) {
    return sum(result, "in_measure",
               {{"measure", measure}, {"region", region}, {"year", "2027"}, {"stock_date", "11-16"}});
  };
  auto const result = rich::world(with_mentors("{per_region: {nord: 12, s1: 9}}")).run();
  double const nord = in_measure(result, "a", "n1") + in_measure(result, "a", "n2") + in_measure(result, "b", "n1") +
                      in_measure(result, "b", "n2");
  double const s1 = in_measure(result, "a", "s1") + in_measure(result, "b", "s1");
  EXPECT_EQ(nord, 12);  // many wait, so that all are taken
  EXPECT_EQ(s1, 9);
  EXPECT_LE(sum(result, "in_measure", {{"measure", "a"}, {"year", "2027"}, {"stock_date", "11-16"}}), 40);
  EXPECT_GT(sum(result, "queue_length", {{"year", "2027"}, {"stock_date", "11-16"}}), 100);
  // With mentors for all, what is short is what is left: 4 specialists with 10 each, and 30 places.
  auto const plenty = rich::world(with_mentors("{total: 1000}")).run();
  EXPECT_EQ(sum(plenty, "in_measure", {{"measure", "a"}, {"year", "2027"}, {"stock_date", "11-16"}}), 40);
  EXPECT_EQ(sum(plenty, "in_measure", {{"measure", "b"}, {"year", "2027"}, {"stock_date", "11-16"}}), 30);
  EXPECT_TRUE(plenty.provenance.places_couple_people);
  auto const none = rich::world(with_mentors("{total: 0}")).run();
  EXPECT_EQ(sum(none, "participants"), 0);
}

TEST(Measures, CouplePeopleWhoShareAResourceOrAGroup) {
  auto const couples = [](std::string const& measure) {
    return rich::world("resources: {mentor: {total: 5}}\nmeasures: [{name: m, who: {state: aap}, " + measure + "}]\n")
        .run()
        .provenance.places_couple_people;
  };
  EXPECT_TRUE(couples("uses: mentor"));
  EXPECT_TRUE(couples("allocate: {every: 1 month, group_size: 2}"));
  EXPECT_FALSE(couples("allocate: {every: 1 month}"));
}

TEST(Measures, GiveTwoPlacesToOnePersonAtOneDate) {
  auto const measure = [](std::string const& name) {
    return "  - {name: " + name +
           ", who: {state: aap}, found_after: {median: 10 days, shape: fixed}, "
           "lasts: {median: 3 years, shape: fixed}, ends_when: time, again_after: 1 day, places: {total: 2000}, "
           "allocate: {every: 1 month}}\n";
  };
  auto const result = rich::world("measures:\n" + measure("a") + measure("b")).run();
  for (char const* table : {"requests", "participants", "waiting_days"}) {
    EXPECT_GT(sum(result, table, {{"measure", "a"}}), 100) << table;
    EXPECT_EQ(sum(result, table, {{"measure", "a"}}), sum(result, table, {{"measure", "b"}})) << table;
  }
}

TEST(Measures, BeginInGroupsAtTheirDates) {
  auto const result = rich::world(with_mentors("{total: 1000}", ", allocate: {every: 3 months, group_size: 25}")).run();
  double const began = sum(result, "participants", {{"measure", "a"}});
  EXPECT_GT(began, 100);
  // Places become free one by one: in groups of 25 of 40, fewer are taken.
  EXPECT_LT(sum(result, "participant_years", {{"measure", "a"}}), 0.8 * 40 * 12);
}

TEST(Measures, MorePlacesThanPeopleAreAsManyAsUnlimited) {
  std::string const text =
      "measures: [{name: m, who: {state: [sick_leave, unknown]}, found_after: {median: 20 days},\n"
      "  lasts: {median: 6 months}, again_after: 2 months, evidence: {source: x, confidence: L},\n"
      "  effects: [{transition: \"* -> work\", hazard_ratio: 1.8}]";
  auto const unlimited = rich::world(text + "}]\n").run();
  auto const plenty = rich::world(text + ", places: {total: 100000}}]\n").run();
  EXPECT_EQ(lives_that_differ(life_courses_of(unlimited), life_courses_of(plenty)), 0U);
  for (char const* table : {"participants", "participant_years", "completions", "early_exits", "in_measure"}) {
    EXPECT_EQ(unlimited.table(table)->values, plenty.table(table)->values) << table;
  }
  EXPECT_EQ(sum(plenty, "waiting_days"), 0);
  EXPECT_FALSE(unlimited.provenance.places_couple_people);
  EXPECT_EQ(sum(plenty, "served_at_once"), sum(plenty, "requests"));
}

}  // namespace
}  // namespace utvei
