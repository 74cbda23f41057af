// SPDX-License-Identifier: Apache-2.0
// Two results whose every krone is known: 100 in work and 100 unemployed in each of five years; a measure that costs
// 10,000 in its first year, 2026, brings ten of these to work from then on.
#include <utvei/core/diagnostics.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/net_benefit.hpp>
#include <utvei/results/render_comparison.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t groups = 4;
constexpr std::size_t years = 5;
std::vector<std::string> const account_labels{"person", "employer",   "municipality", "county",   "health_authority",
                                              "state",  "production", "services",     "measures", "time"};

struct Payment {
  PaymentInfo info;
  std::vector<double> by_year;
};

Dimension numbers(std::string const& name, std::size_t count) {
  Dimension dimension{name, {}};
  for (std::size_t i = 0; i < count; ++i) dimension.labels.push_back(std::to_string(i));
  return dimension;
}

Dimension const calendar{"year", {"2025", "2026", "2027", "2028", "2029"}};

std::size_t account(std::string const& name) {
  return static_cast<std::size_t>(std::ranges::find(account_labels, name) - account_labels.begin());
}

Table balance_of(std::string const& name, std::vector<Payment> const& payments, std::size_t parts) {
  std::vector<std::int64_t> values(parts * years * account_labels.size(), 0);
  for (Payment const& payment : payments)
    for (std::size_t part = 0; part < parts; ++part)
      for (std::size_t y = 0; y < years; ++y) {
        auto const kroner = static_cast<std::int64_t>(payment.by_year[y] / static_cast<double>(parts));
        std::size_t const at = (part * years + y) * account_labels.size();
        values[at + account(payment.info.from)] -= kroner;
        values[at + account(payment.info.to)] += kroner;
      }
  Table table{name, name, name, "kroner", {numbers("draw", 1)}, std::move(values)};
  if (parts > 1) table.dimensions.push_back(numbers("group", parts));
  table.dimensions.push_back(calendar);
  table.dimensions.push_back({"account", account_labels});
  return table;
}

Table time_of(std::vector<double> const& work, std::size_t parts) {
  std::vector<double> values;
  for (std::size_t part = 0; part < parts; ++part)
    for (double const years_there : work)
      values.insert(values.end(),
                    {years_there / static_cast<double>(parts), (200 - years_there) / static_cast<double>(parts)});
  Table table{"person_years", "person_years", "time", "years", {numbers("draw", 1)}, std::move(values)};
  if (parts > 1) table.dimensions.push_back(numbers("group", parts));
  table.dimensions.push_back(calendar);
  table.dimensions.push_back({"state", {"work", "unemployed"}});
  return table;
}

LedgerRules ledger_rules() {
  LedgerRules rules;
  rules.kroner_of = 2025;
  rules.discount = {{0, 0}};
  rules.tax_cost = 0.2;
  rules.displaced_to = "unemployed";
  return rules;
}

/// `work`: person-years by year. `cost`: of the municipality; `passing`: whether it comes no more after the run.
RunResult money_run(std::string const& name, std::vector<double> const& work, std::vector<double> const& cost,
                    bool passing = true) {
  std::vector<Payment> payments{{{"work: earnings", "earnings", "employer", "person", "work", ""}, {}},
                                {{"work: contributions", "tax", "employer", "state", "work", ""}, {}},
                                {{"work: production", "production", "production", "employer", "work", ""}, {}},
                                {{"work: tax", "tax", "person", "state", "work", ""}, {}},
                                {{"unemployed: benefit", "benefit", "state", "person", "unemployed", ""}, {}},
                                {{"m: paid", "measure", "municipality", "measures", "", "m"}, cost}};
  for (double const years_there : work) {
    payments[0].by_year.push_back(500 * years_there);
    payments[1].by_year.push_back(70 * years_there);
    payments[2].by_year.push_back(570 * years_there);
    payments[3].by_year.push_back(100 * years_there);
    payments[4].by_year.push_back(200 * (200 - years_there));
  }
  std::vector<Payment> const nothing;
  std::vector<Payment> const once{payments.back()};
  auto const& gone = passing ? once : nothing;
  RunResult result;
  result.provenance.scenario_name = name;
  result.provenance.start = "2025-01-01";
  result.provenance.end = "2030-01-01";
  result.states = {{"work", "work", "Arbeid", "", "Work"}, {"unemployed", "outside", "Ledig", "", "Unemployed"}};
  result.ledgers = ledger_rules();
  Table persons{"persons", "persons", "people", "1", {numbers("draw", 1)}, std::vector<std::int64_t>{200}};
  Table by_group = persons;
  by_group.dimensions.push_back(numbers("group", groups));
  by_group.values = std::vector<std::int64_t>(groups, 50);
  result.tables = {persons, time_of(work, 1), balance_of("balance", payments, 1),
                   balance_of("passing_balance", gone, 1)};
  result.group_tables = {by_group, time_of(work, groups), balance_of("balance", payments, groups),
                         balance_of("passing_balance", gone, groups)};
  Table paid{"payments", "payments", "payments", "kroner", {numbers("draw", 1), calendar, {"payment", {}}}, {}};
  std::vector<std::int64_t> kroner;
  for (Payment const& payment : payments) {
    result.payments.push_back(payment.info);
    paid.dimensions.back().labels.push_back(payment.info.name);
  }
  for (std::size_t y = 0; y < years; ++y)
    for (Payment const& payment : payments) kroner.push_back(static_cast<std::int64_t>(payment.by_year[y]));
  paid.values = std::move(kroner);
  result.tables.push_back(std::move(paid));
  return result;
}

std::vector<double> const as_it_is(years, 100);
std::vector<double> const with_measure{100, 110, 110, 110, 110};
std::vector<double> const free_of_charge(years, 0);
std::vector<double> const first_year{0, 10'000, 0, 0, 0};

class MoneyOfAMeasure : public testing::Test {
 protected:
  Comparison comparison() { return compare(before_, {&after_}, {}); }
  void set_rules(LedgerRules const& rules) {
    before_.ledgers = rules;
    after_.ledgers = rules;
    after_.ledgers->first_years = {{"m", 2026}};
  }
  static double difference(Comparison const& comparison, std::string const& table, std::string const& ledger) {
    for (ComparisonRow const& row : comparison.rows)
      if (row.measure_of == table && row.state == ledger && row.year.empty()) return row.difference;
    throw std::runtime_error{"no row " + table + " " + ledger};
  }
  RunResult before_ = money_run("before", as_it_is, free_of_charge);
  RunResult after_ = money_run("after", with_measure, first_year);
  LedgerRules rules_ = ledger_rules();
  void SetUp() override { set_rules(rules_); }
};

TEST_F(MoneyOfAMeasure, IsShownByPayer) {
  Comparison const made = comparison();
  EXPECT_DOUBLE_EQ(difference(made, "present_value", "person"), 4 * 2000);
  EXPECT_DOUBLE_EQ(difference(made, "present_value", "employer"), 0);
  EXPECT_DOUBLE_EQ(difference(made, "present_value", "state"), 4 * 3700);
  EXPECT_DOUBLE_EQ(difference(made, "present_value", "municipality"), -10'000);
  EXPECT_DOUBLE_EQ(difference(made, "present_value", "public_purse"), 4800);
}

/// What is produced, less what the measure uses up, and a fifth of what the public purse need not tax.
TEST_F(MoneyOfAMeasure, LeavesSocietyWithoutTransfers) {
  Comparison const made = comparison();
  EXPECT_DOUBLE_EQ(difference(made, "present_value", "society"), 4 * 5700 - 10'000 + 0.2 * 4800);
  EXPECT_DOUBLE_EQ(difference(made, "present_value_no_tax_cost", "society"), 4 * 5700 - 10'000);
}

TEST_F(MoneyOfAMeasure, HasItsNetBenefitInEachRun) {
  for (char const* ledger : {"public_purse", "society", "state"}) {
    auto const gains = net_benefit(before_, after_, ledger);
    ASSERT_EQ(gains.size(), 1U);
    EXPECT_DOUBLE_EQ(gains.front(), difference(comparison(), "present_value", ledger)) << ledger;
  }
}

/// -6,300, -2,600, 1,100, 4,800 at the ends of the four years.
TEST_F(MoneyOfAMeasure, IsEarnedBackInTheThirdYear) {
  Comparison const made = comparison();
  MoneySummary const& money = *made.money.front();
  EXPECT_EQ(money.present_year, 2026);
  EXPECT_EQ(money.break_even.front().ledger, "public_purse");
  EXPECT_EQ(money.break_even.front().median, 3);
  EXPECT_EQ(money.break_even.front().horizon, 4);
}

TEST_F(MoneyOfAMeasure, IsNeverEarnedBackIfItCostsMore) {
  after_ = money_run("after", with_measure, {0, 20'000, 0, 0, 0});
  set_rules(rules_);
  EXPECT_EQ(comparison().money.front()->break_even.front().median, std::nullopt);
}

/// A free measure of 2028 is earned back in its first year, however early the run began.
TEST_F(MoneyOfAMeasure, BreaksEvenNoEarlierThanItBegins) {
  after_ = money_run("after", {100, 100, 100, 110, 110}, free_of_charge);
  set_rules(rules_);
  after_.ledgers->first_years = {{"m", 2028}};
  EXPECT_EQ(comparison().money.front()->break_even.front().median, 1);
}

TEST_F(MoneyOfAMeasure, HasNothingToEarnBackWhereNothingDiffers) {
  after_ = money_run("after", as_it_is, free_of_charge);
  set_rules(rules_);
  EXPECT_EQ(comparison().money.front()->break_even.front().answers, 0);
  EXPECT_THAT(render_text(comparison(), "nb"), HasSubstr("det er ingen forskjell å tjene inn"));
}

/// The measures of the baseline are current services.
TEST_F(MoneyOfAMeasure, IsValuedInTheYearOfWhatIsNew) {
  before_.ledgers->first_years = {{"old", 2025}};
  after_.ledgers->first_years = {{"old", 2025}, {"m", 2027}};
  EXPECT_EQ(comparison().money.front()->present_year, 2027);
  // The same whichever of the two is the baseline, and where both have the measure.
  std::swap(before_.ledgers->first_years, after_.ledgers->first_years);
  EXPECT_EQ(comparison().money.front()->present_year, 2027);
  before_.ledgers->first_years = after_.ledgers->first_years = {{"m", 2027}};
  EXPECT_EQ(comparison().money.front()->present_year, 2027);
}

/// Each of the groups says the same: the interval is a point.
TEST_F(MoneyOfAMeasure, SavesPerYearInWork) {
  Comparison const made = comparison();
  CostPerYear const& cost = *made.money.front()->cost_per_year;
  EXPECT_DOUBLE_EQ(cost.years, 40);
  EXPECT_NEAR(*cost.kroner, -4800 / 40.0, 1e-9);
  EXPECT_NEAR(*cost.low_95, -4800 / 40.0, 1e-6);
  EXPECT_NEAR(*cost.high_95, -4800 / 40.0, 1e-6);
}

TEST_F(MoneyOfAMeasure, IsDiscounted) {
  rules_.discount = {{0, 0.04}};
  rules_.counted = Counted::end;
  set_rules(rules_);
  double expected = 0;
  for (int year = 1; year <= 4; ++year) expected += 3700 * std::pow(1.04, -year);
  EXPECT_NEAR(difference(comparison(), "present_value", "state"), expected, 1e-6);
}

/// Half of the ten jobs would have been others': what these produce, and pay, is lost, and they have a benefit.
TEST_F(MoneyOfAMeasure, IsLessWhereJobsAreTakenFromOthers) {
  Comparison const made = comparison();
  std::string const half = "present_value_displacement_50";
  EXPECT_NEAR(difference(made, half, "person"), 4000, 1e-9);
  EXPECT_NEAR(difference(made, half, "public_purse"), 7400 - 10'000, 1e-9);
  EXPECT_NEAR(difference(made, half, "society"), 0.5 * 4 * 5700 - 10'000 - 0.2 * 2600, 1e-9);
}

/// Where all jobs are others', nothing is won but the cost.
TEST_F(MoneyOfAMeasure, IsItsCostWhereAllJobsAreTakenFromOthers) {
  rules_.displacement = 1;
  set_rules(rules_);
  Comparison const made = comparison();
  EXPECT_NEAR(difference(made, "present_value", "society"), -10'000 * 1.2, 1e-9);
  EXPECT_EQ(made.money.front()->break_even.front().median, std::nullopt);
  EXPECT_FALSE(made.money.front()->cost_per_year && made.money.front()->cost_per_year->kroner);
}

TEST_F(MoneyOfAMeasure, SaysWhereDisplacementIsNotKnown) {
  std::erase_if(after_.tables, [](Table const& table) { return table.name == "payments"; });
  Comparison const made = comparison();
  EXPECT_THAT(made.notes, Contains(ComparisonNote{ComparisonNote::Kind::displacement_unknown, "after"}));
  EXPECT_THAT(render_text(made, "en"), Not(HasSubstr("50 % of the jobs")));
}

/// The last year comes again twice, the cost of a measure that is over does not.
TEST_F(MoneyOfAMeasure, GoesOnAfterTheRun) {
  std::vector<double> const last_year{0, 0, 0, 0, 10'000};
  rules_.residual_years = 2;
  after_ = money_run("after", with_measure, last_year);
  set_rules(rules_);
  EXPECT_NEAR(difference(comparison(), "present_value", "public_purse"), 6 * 3700 - 10'000, 1e-9);
  EXPECT_NEAR(difference(comparison(), "present_value_no_residual", "public_purse"), 4 * 3700 - 10'000, 1e-9);
  after_ = money_run("after", with_measure, last_year, false);
  set_rules(rules_);
  EXPECT_NEAR(difference(comparison(), "present_value", "public_purse"), 6 * 3700 - 3 * 10'000, 1e-9);
}

TEST_F(MoneyOfAMeasure, IsNotComparedUnderOtherConventions) {
  after_.ledgers->tax_cost = 0;
  Comparison const made = comparison();
  EXPECT_FALSE(made.money.front());
  EXPECT_THAT(made.notes, Contains(ComparisonNote{ComparisonNote::Kind::money_by_other_rules, "after"}));
}

TEST_F(MoneyOfAMeasure, IsNotComparedWithNone) {
  before_.ledgers.reset();
  EXPECT_THAT(comparison().notes, Contains(ComparisonNote{ComparisonNote::Kind::money_in_one_result, "after"}));
}

TEST_F(MoneyOfAMeasure, SaysThatOthersPay) {
  after_.ledgers->policy = "other";
  EXPECT_THAT(comparison().notes, Contains(ComparisonNote{ComparisonNote::Kind::money_of_other_payers, "after"}));
}

TEST_F(MoneyOfAMeasure, IsToldToReadersAndPrograms) {
  after_.unpriced = {{"m", "Helse", "", "Health", "deltakere", "ukjent", true}};
  Comparison const made = comparison();
  std::string const text = render_text(made, "nb");
  EXPECT_THAT(text, HasSubstr("Penger: forskjellens nåverdi i 2026, i tusen 2025-kroner"));
  EXPECT_THAT(
      text,
      HasSubstr(
          "Tjent inn igjen, det offentlige i alt: etter 3 år, ved utgangen av 2028 (regnet fra begynnelsen av 2026)"));
  EXPECT_THAT(text, HasSubstr("Helse (deltakere): bedre, ukjent"));
  EXPECT_THAT(text, HasSubstr("50 % av jobbene tas fra andre"));
  EXPECT_THAT(render_json(made, "nb"), HasSubstr("\"median_years\": 3"));
}

}  // namespace
}  // namespace utvei
