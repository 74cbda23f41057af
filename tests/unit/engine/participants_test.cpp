// SPDX-License-Identifier: Apache-2.0
// Who begins measures, and where they are later, against closed forms.
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <cmath>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view out_and_work = R"(utvei: model/1
name: two
states: {out: {group: outside}, work: {group: work}, dead: {absorbing: true}}
traits: {health: [good, bad]}
transitions:
  - {from: out, to: work, rate_per_year: 0.8}
  - {from: work, to: dead, rate_per_year: 0.000001}
)";

double const everybody = static_cast<double>(support::people_for_this_build(100'000));

support::World participants_world(std::string const& measures, std::string const& more = {}) {
  return support::make_world(
      out_and_work,
      "start: 2025-01-01\nyears: 4\nseed: 3\nage_groups: [16, 30]\nbreakdowns: [[year, age_group, health, state]]\n"
      "population: {persons: " +
          std::to_string(support::people_for_this_build(100'000)) +
          ", state: {out: 3, work: 1}, age: {20: 1, 29.5: 1, 40: 2}, traits: {health: {good: 3, bad: 1}}}\n" + more +
          "measures:\n" + measures);
}

double four_errors(double share, double people) {
  return 4 * std::sqrt(share * (1 - share) / people);
}

TEST(Participants, AreToldApartByWhatTheyAreWhenTheyBegin) {
  auto const result =
      participants_world(
          "  - {name: m, who: {state: [out, work]}, takes_in: {from: 2026-01-01}, lasts: {median: 1 year}}\n")
          .run(2);
  EXPECT_EQ(sum(result, "participants"), everybody);
  for (char const* table : {"participants_by_state", "participants_by_age_group", "participants_by_health"})
    EXPECT_EQ(sum(result, table, {{"year", "2026"}}), everybody) << table;
  double const out = 0.75 * std::exp(-0.8 * 365 / 365.25);
  EXPECT_NEAR(sum(result, "participants_by_state", {{"state", "out"}}) / everybody, out, four_errors(out, everybody));
  // Who was 29.5 at the start is 30 when it begins.
  EXPECT_NEAR(sum(result, "participants_by_age_group", {{"age_group", "16-29"}}), everybody / 4, 2);
  EXPECT_NEAR(sum(result, "participants_by_health", {{"health", "bad"}}), everybody / 4, 2);
}

TEST(Participants, AreFollowedAsLongAsTheRunGoes) {
  auto const result =
      participants_world(
          "  - {name: all, who: {state: out}, takes_in: {until: 2025-02-01}, ends_when: leaves_state}\n"
          "  - {name: late, who: {state: out}, takes_in: {from: 2027-06-01}, lasts: {median: 1 year}}\n")
          .run(2);
  double const began = sum(result, "participants", {{"measure", "all"}});
  EXPECT_EQ(began, 0.75 * everybody);
  for (auto const& [months, years] : {std::pair{"6", 0.5}, {"12", 1.0}, {"24", 2.0}}) {
    EXPECT_EQ(sum(result, "after_start", {{"measure", "all"}, {"months_after_start", months}}), began);
    double const out = std::exp(-0.8 * years);
    double const still =
        sum(result, "after_start", {{"measure", "all"}, {"months_after_start", months}, {"state", "out"}});
    EXPECT_NEAR(still / began, out, four_errors(out, began)) << months;
  }
  double const late = sum(result, "participants", {{"measure", "late"}});
  EXPECT_GT(late, 0);
  EXPECT_EQ(sum(result, "after_start", {{"measure", "late"}, {"months_after_start", "12"}}), late);
  EXPECT_EQ(sum(result, "after_start", {{"measure", "late"}, {"months_after_start", "24"}}), 0) << "beyond the run";
}

TEST(Participants, AreLookedAtWhenTheyHaveEnded) {
  auto const result = participants_world(
                          "  - {name: m, who: {state: out}, takes_in: {until: 2025-02-01}, lasts: {median: 6 months, "
                          "shape: fixed}, ends_when: time}\n"
                          "  - {name: until_work, who: {state: out}, takes_in: {until: 2025-02-01}, runs: {until: "
                          "2027-01-01}, ends_when: leaves_state}\n")
                          .run(2);
  double const began = sum(result, "participants", {{"measure", "m"}});
  for (auto const& [months, years] : {std::pair{"0", 0.5}, {"6", 1.0}, {"12", 1.5}}) {
    std::string const year = years < 1 ? "2025" : "2026";
    EXPECT_EQ(sum(result, "after_end",
                  {{"measure", "m"}, {"months_after_end", months}, {"ending", "completed"}, {"year", year}}),
              began)
        << months;
    double const out = std::exp(-0.8 * years);
    EXPECT_NEAR(sum(result, "after_end", {{"measure", "m"}, {"months_after_end", months}, {"state", "out"}}) / began,
                out, four_errors(out, began))
        << months;
  }
  for (char const* year : {"2025", "2026"}) {
    EXPECT_EQ(sum(result, "after_end",
                  {{"measure", "m"}, {"months_after_end", "0"}, {"ending", "completed"}, {"year", year}}),
              sum(result, "completions", {{"measure", "m"}, {"year", year}}));
    // Whoever leaves the states of such a measure is in work in that minute.
    EXPECT_EQ(sum(result, "after_end",
                  {{"measure", "until_work"},
                   {"months_after_end", "0"},
                   {"ending", "left"},
                   {"state", "work"},
                   {"year", year}}),
              sum(result, "early_exits", {{"measure", "until_work"}, {"year", year}}));
  }
  EXPECT_EQ(sum(result, "after_end", {{"measure", "until_work"}, {"months_after_end", "0"}, {"ending", "closed"}}),
            sum(result, "in_when_closed", {{"measure", "until_work"}}));
}

TEST(Participants, AreCountedByTheYearOfTheStepBefore) {
  auto const result =
      participants_world(
          "  - {name: m, who: {state: out}, found_after: {median: 4 months}, uptake: 0.5, places: {total: "
          "2000}, lasts: {median: 9 months}, ends_when: time}\n")
          .run(2);
  for (char const* year : {"2025", "2026", "2027", "2028"}) {
    EXPECT_EQ(sum(result, "step_years", {{"step", "started"}, {"year", year}}),
              sum(result, "participants", {{"year", year}}));
    EXPECT_EQ(sum(result, "step_years", {{"step", "completed"}, {"year", year}}),
              sum(result, "completions", {{"year", year}}));
    EXPECT_LE(sum(result, "step_years", {{"step", "completed"}, {"year_before", year}}),
              sum(result, "participants", {{"year", year}}));
  }
  EXPECT_GT(sum(result, "step_years", {{"step", "completed"}, {"year_before", "2025"}, {"year", "2026"}}), 0);
  EXPECT_EQ(sum(result, "step_years", {{"step", "completed"}, {"year_before", "2026"}, {"year", "2025"}}), 0);
}

TEST(Participants, AreTheSameForAnyNumberOfThreads) {
  auto const world = participants_world(
      "  - {name: m, who: {state: out}, found_after: {median: 2 months}, places: {total: 300}, lasts: {median: 6 "
      "months}}\n",
      "replicates: 2\n");
  EXPECT_EQ(world.run(1).tables, world.run(3).tables);
}

TEST(Participants, TakeOffersUpByStateAndByTrait) {
  auto const result =
      participants_world(
          "  - {name: by_state, who: {state: [out, work]}, uptake: {by: {state: {out: 0.2, work: 0.7}}}}\n"
          "  - {name: by_health, who: {state: [out, work]}, uptake: {mean: 0.3, by: {health: {bad: 0.9}}}}\n")
          .run(2);
  auto const share = [&](char const* measure, char const* table, char const* key, char const* value, double people) {
    return sum(result, table, {{"measure", measure}, {key, value}, {"year", "2025"}}) / people;
  };
  double const out = 0.75 * everybody;
  // Whoever comes to work after a refusal has not ceased to qualify: nobody is asked twice.
  EXPECT_NEAR(share("by_state", "participants_by_state", "state", "out", out), 0.2, four_errors(0.2, out));
  EXPECT_NEAR(share("by_state", "participants_by_state", "state", "work", everybody / 4), 0.7,
              four_errors(0.7, everybody / 4));
  EXPECT_NEAR(share("by_health", "participants_by_health", "health", "good", out), 0.3, four_errors(0.3, out));
  EXPECT_NEAR(share("by_health", "participants_by_health", "health", "bad", everybody / 4), 0.9,
              four_errors(0.9, everybody / 4));
}

}  // namespace
}  // namespace utvei
