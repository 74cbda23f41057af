// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/random.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/marginal.hpp>

#include <cmath>
#include <functional>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using test::small_result;
using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::HasSubstr;

/// People in groups who each gain or lose time in work: what the engine's tallies would hold. `value(draw, replicate,
/// person)` is a person's years in work.
struct People {
  std::size_t persons, groups, draws{1}, replicates{1};
};

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < count; ++i) labels.push_back(std::to_string(i));
  return labels;
}

std::size_t group_of(std::size_t person, People const& people) {
  return mix64(person) % people.groups;
}

RunResult run_of(std::string const& name, People const& people,
                 std::function<double(std::size_t, std::size_t, std::size_t)> const& value) {
  Dimension const draw{"draw", numbered(people.draws)};
  Dimension const replicate{"replicate", numbered(people.replicates)};
  Dimension const group{"group", numbered(people.groups)};
  Dimension const state{"state", {"work"}};
  Table total = test::years("person_years", {draw, replicate, state});
  Table by_group = test::years("person_years", {draw, replicate, group, state});
  Table persons = test::counts("persons", {draw, replicate, group});
  auto& sums = std::get<std::vector<double>>(total.values);
  auto& parts = std::get<std::vector<double>>(by_group.values);
  auto& heads = std::get<std::vector<std::int64_t>>(persons.values);
  std::ranges::fill(sums, 0);
  std::ranges::fill(parts, 0);
  std::ranges::fill(heads, 0);
  for (std::size_t d = 0; d < people.draws; ++d)
    for (std::size_t r = 0; r < people.replicates; ++r)
      for (std::size_t p = 0; p < people.persons; ++p) {
        std::size_t const run = d * people.replicates + r;
        double const years = value(d, r, p);
        sums[run] += years;
        parts[run * people.groups + group_of(p, people)] += years;
        heads[run * people.groups + group_of(p, people)] += 1;
      }
  RunResult result;
  result.tables = {total};
  result.group_tables = {by_group, persons};
  result.states = {{"work", "work", "Arbeid", "", "Work"}};
  result.provenance.scenario_name = name;
  return result;
}

/// A uniform number of (draw, replicate, person), without state.
double luck(std::size_t draw, std::size_t replicate, std::size_t person) {
  return static_cast<double>(mix64(mix64(mix64(draw) + replicate) + person) >> 11U) * 0x1p-53;
}

ComparisonRow const& row_of(Comparison const& comparison, std::string const& measure, std::string const& region,
                            std::string const& year, std::string const& state) {
  for (ComparisonRow const& row : comparison.rows)
    if (row.measure_of == measure && row.region == region && row.year == year && row.state == state) return row;
  throw std::out_of_range{"no such row"};
}

std::string failure_of(std::function<void()> const& work) {
  try {
    work();
  } catch (InputError const& error) {
    return render(error.diagnostics());
  }
  return "no error";
}

TEST(Marginal, SumsOverWhatIsNotKept) {
  auto const result = small_result();
  Table const& table = *result.table("stock");  // draw 1, region 2, year 2, state 3: cell i holds i + 1
  EXPECT_THAT(marginal(table, {}), ::testing::ElementsAre(78));
  EXPECT_THAT(marginal(table, {"region"}), ::testing::ElementsAre(21, 57));
  EXPECT_THAT(marginal(table, {"state", "region"}),
              ::testing::ElementsAre(1 + 4, 7 + 10, 2 + 5, 8 + 11, 3 + 6, 9 + 12));
  EXPECT_THAT(marginal(table, {"sex", "year"}), ::testing::ElementsAre(6 + 24, 15 + 33));
}

TEST(Compare, GivesEveryMarginThatTheTablesHold) {
  auto const baseline = small_result();
  auto scenario = small_result();
  scenario.provenance.scenario_name = "tiltak";
  std::get<std::vector<double>>(scenario.tables[1].values)[4] += 2;  // region 0301, year 2026, work
  std::get<std::vector<double>>(scenario.group_tables[1].values)[4] += 2;
  auto const comparison = compare(baseline, {&scenario}, {});
  // person_years: (1 + 3 years) x (1 + 2 regions) x 3 states; stock: 2 years x 3 x 3; transitions: 3 x 2.
  EXPECT_EQ(comparison.rows.size(), 36U + 18U + 6U);
  EXPECT_DOUBLE_EQ(row_of(comparison, "person_years", "", "", "work").difference, 2);
  EXPECT_DOUBLE_EQ(row_of(comparison, "person_years", "0301", "2026", "work").difference, 2);
  EXPECT_DOUBLE_EQ(row_of(comparison, "person_years", "4204", "2026", "work").difference, 0);
  auto const& row = row_of(comparison, "person_years", "0301", "2026", "work");
  EXPECT_DOUBLE_EQ(row.baseline, 1);
  EXPECT_DOUBLE_EQ(row.value, 3);
  EXPECT_THROW(row_of(comparison, "stock", "", "", "work"), std::out_of_range) << "a stock is not summed over years";
}

TEST(Compare, LeavesOutRegionsInWhichNobodyIs) {
  auto result = small_result();
  auto& values = std::get<std::vector<double>>(result.tables[1].values);
  std::fill(values.begin(), values.begin() + 9, 0.0);  // region 0301: three years, three states
  auto const comparison = compare(result, {&result}, {});
  EXPECT_TRUE(std::ranges::none_of(comparison.rows, [](auto const& row) { return row.region == "0301"; }));
  EXPECT_DOUBLE_EQ(row_of(comparison, "person_years", "4204", "2025", "work").baseline, 2.5);
}

TEST(Compare, KeepsFurtherDimensionsWhenAsked) {
  auto const baseline = small_result();
  CompareOptions options;
  options.by = {"sex"};
  auto const comparison = compare(baseline, {&baseline}, options);
  ASSERT_EQ(comparison.rows.size(), 6U);
  EXPECT_EQ(comparison.rows[0].measure_of, "person_years_by_sex_state");
  EXPECT_THAT(comparison.rows[0].by, ::testing::ElementsAre("female"));
}

TEST(Compare, FindsNoDifferenceBetweenARunAndItself) {
  auto const baseline = small_result();
  auto const comparison = compare(baseline, {&baseline}, {});
  for (ComparisonRow const& row : comparison.rows) {
    EXPECT_EQ(row.difference, 0);
    EXPECT_EQ(row.mc_se.value_or(0), 0);
    EXPECT_FALSE(row.probability_better);
  }
}

TEST(Compare, ErrorFromGroupsIsThatOfPersons) {
  People const people{50'000, 100};
  auto const before = [](std::size_t d, std::size_t r, std::size_t p) { return luck(d, r, p); };
  auto const after = [&](std::size_t d, std::size_t r, std::size_t p) {
    return before(d, r, p) + 5 + luck(d, r + 7, p);
  };
  auto const baseline = run_of("a", people, before);
  auto const scenario = run_of("b", people, after);
  auto const comparison = compare(baseline, {&scenario}, {});
  // Per person the difference is 5 + uniform: its variance is 1/12, and the mean of 5 adds nothing to the error of the
  // sum though the groups differ in size. 100 groups tell a standard error to 7 %.
  double const exact = std::sqrt(50'000.0 / 12);
  EXPECT_THAT(*comparison.rows.at(0).mc_se, DoubleNear(exact, 0.25 * exact));
  EXPECT_FALSE(comparison.rows[0].low_95);
  EXPECT_NEAR(*comparison.rows[0].count_high_95 - comparison.rows[0].difference, 1.96 * *comparison.rows[0].mc_se, 0.1);
  EXPECT_DOUBLE_EQ(*comparison.rows[0].probability_better, 1);
  EXPECT_THAT(comparison.notes, Contains(ComparisonNote{ComparisonNote::Kind::probability_is_monte_carlo, {}}));
}

TEST(Compare, ReplicatesShrinkTheErrorOfTheirMean) {
  auto const before = [](std::size_t, std::size_t, std::size_t) { return 0.0; };
  auto const after = [](std::size_t d, std::size_t r, std::size_t p) { return luck(d, r, p); };
  People people{20'000, 100};
  auto const of = [&] {
    auto const baseline = run_of("a", people, before);
    auto const scenario = run_of("b", people, after);
    return compare(baseline, {&scenario}, {}).rows.at(0);
  };
  auto const one = of();
  people.replicates = 4;
  auto const four = of();
  EXPECT_NEAR(*four.mc_se / *one.mc_se, 0.5, 0.08);
  EXPECT_NEAR(four.difference, 10'000, 200);
  EXPECT_NEAR((*four.count_high_95 - *four.count_low_95) / (*one.count_high_95 - *one.count_low_95), 1, 0.16)
      << "chance in one realised population does not shrink";
}

TEST(Compare, TakesMonteCarloVarianceOutOfTheDraws) {
  // The true effect of draw d is effect[d] a person; luck adds variance 1/12 a person. The reference is the sample
  // variance of the true effects, which the raw spread of draws exceeds by the Monte Carlo variance.
  People const people{2'000, 100, 200};
  auto const effect = [](std::size_t d) { return 0.02 * (luck(1'000 + d, 0, 0) - 0.3); };
  auto const before = [](std::size_t, std::size_t, std::size_t) { return 0.0; };
  auto const after = [&](std::size_t d, std::size_t r, std::size_t p) { return effect(d) + luck(d, r, p) - 0.5; };
  auto const baseline = run_of("a", people, before);
  auto const scenario = run_of("b", people, after);
  auto const row = compare(baseline, {&scenario}, {}).rows.at(0);
  double mean = 0;
  double square = 0;
  for (std::size_t d = 0; d < people.draws; ++d) {
    double const total = 2'000 * effect(d);
    mean += total / 200;
    square += total * total / 200;
  }
  double const sd = std::sqrt(square - mean * mean);
  double const found = (*row.high_95 - *row.low_95) / 2 / 1.96;
  double const raw = std::sqrt(sd * sd + 2'000.0 / 12);
  EXPECT_NEAR(found, sd, 0.25 * sd);
  EXPECT_LT(found, 0.8 * raw);
  double const chance = (*row.count_high_95 - *row.count_low_95) / 2 / 1.96;
  EXPECT_NEAR(chance, raw, 0.15 * raw);
  EXPECT_NEAR(*row.mc_se, std::sqrt(2'000.0 / 12 / 200), 0.1);
}

TEST(Compare, UsesReplicatesWhereThereAreNoGroups) {
  People const people{1'000, 10, 1, 50};
  auto baseline = run_of("a", people, [](auto, auto, auto) { return 0.0; });
  auto scenario = run_of("b", people, [](auto d, auto r, auto p) { return luck(d, r, p); });
  baseline.group_tables.clear();
  scenario.group_tables.clear();
  auto const comparison = compare(baseline, {&scenario}, {});
  EXPECT_NEAR(*comparison.rows.at(0).mc_se, std::sqrt(1'000.0 / 12 / 50), 0.4);
  EXPECT_THAT(comparison.notes, Contains(ComparisonNote{ComparisonNote::Kind::error_from_replicates, "person_years"}));
}

TEST(Compare, SaysWhereTheErrorIsNotKnown) {
  auto baseline = small_result();
  baseline.group_tables.clear();
  auto const comparison = compare(baseline, {&baseline}, {});
  EXPECT_FALSE(comparison.rows.at(0).mc_se);
  EXPECT_THAT(comparison.notes, Contains(ComparisonNote{ComparisonNote::Kind::no_monte_carlo_error, "person_years"}));
}

TEST(Compare, JudgesByGroupUnlessTold) {
  auto const baseline = small_result();
  auto scenario = small_result();
  // One group gains two years in every state.
  for (std::size_t i = 0; i < 18; ++i) {
    std::get<std::vector<double>>(scenario.tables[1].values)[i] += 2;
    std::get<std::vector<double>>(scenario.group_tables[1].values)[i] += 2;
  }
  auto const judged = compare(baseline, {&scenario}, {});
  EXPECT_GT(*row_of(judged, "person_years", "", "", "work").probability_better, 0.5);
  EXPECT_LT(*row_of(judged, "person_years", "", "", "aap").probability_better, 0.5);
  CompareOptions options;
  options.better = {{"outside", Better::more}};
  EXPECT_GT(*row_of(compare(baseline, {&scenario}, options), "person_years", "", "", "aap").probability_better, 0.5);
  EXPECT_FALSE(row_of(judged, "transitions", "", "", "work -> aap").probability_better);
}

TEST(Compare, RefusesRunsThatAreNotPaired) {
  auto const baseline = small_result();
  auto scenario = small_result();
  scenario.provenance.seed = 1;
  EXPECT_THAT(failure_of([&] { compare(baseline, {&scenario}, {}); }), HasSubstr("seed 4294967295 against 1"));
  scenario = small_result();
  std::get<std::vector<std::int64_t>>(scenario.group_tables[0].values)[0] += 1;
  EXPECT_THAT(failure_of([&] { compare(baseline, {&scenario}, {}); }), HasSubstr("they hold different people"));
  scenario = small_result();
  scenario.tables[1].dimensions[1].labels[1] = "4205";
  EXPECT_THAT(failure_of([&] { compare(baseline, {&scenario}, {}); }),
              HasSubstr("`region` number 2 is `4204` in the baseline and `4205` in the scenario"));
}

TEST(Compare, RefusesNamesThatTheResultsLack) {
  auto const baseline = small_result();
  CompareOptions options;
  options.quantities = {"person_year"};
  options.by = {"sexx"};
  options.better = {{"wrk", Better::more}};
  auto const message = failure_of([&] { compare(baseline, {&baseline}, options); });
  EXPECT_THAT(message, HasSubstr("no quantity `person_year`"));
  EXPECT_THAT(message, HasSubstr("no dimension `sexx`"));
  EXPECT_THAT(message, HasSubstr("no state, group or transition `wrk`"));
}

}  // namespace
}  // namespace utvei
