// SPDX-License-Identifier: Apache-2.0
// Discounted costs and years: a published cost-effectiveness model (Chancellor et al. 1997, Pharmacoeconomics
// 12:54-66), and the discounted occupancy of a Markov chain in closed form.
#include "closed_form_worlds.hpp"
#include "support/csv.hpp"
#include "support/files.hpp"
#include "support/money_world.hpp"
#include "support/oracle.hpp"
#include "support/table_sum.hpp"

#include <utvei/results/compare.hpp>
#include <utvei/results/ledgers.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using support::number;

constexpr std::size_t cycles = 20;

/// Costs and life-years of one arm, by cycle; counted at the ends of cycles.
struct Arm {
  std::vector<double> costs, years;
};

/// Pounds a year: direct and community costs of states A to C, zidovudine, and lamivudine in the first two cycles of
/// the combination (Briggs, Claxton & Sculpher 2006, ch. 2).
Arm arm_of(std::vector<support::CsvRow> const& traces, std::string const& name) {
  std::vector<double> const care{1701 + 1055, 1774 + 1278, 6948 + 2059};
  Arm arm;
  for (std::size_t cycle = 1; cycle <= cycles; ++cycle) {
    double cost = 0;
    double alive = 0;
    for (std::size_t state = 0; state < care.size(); ++state) {
      double const share = number(traces.at(cycle), name + "." + std::to_string(state + 1));
      alive += share;
      cost += share * care[state];
    }
    cost += alive * 2278;
    if (name == "comb" && cycle <= 2) cost += alive * 2086.5;
    arm.costs.push_back(cost);
    arm.years.push_back(alive);
  }
  return arm;
}

LedgerRules at_rate(double rate) {
  LedgerRules rules;
  rules.kroner_of = 1997;
  rules.discount = {{0, rate}};
  rules.counted = Counted::end;
  return rules;
}

TEST(Chancellor, CostsLifeYearsAndTheirRatio) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/hiv_chancellor");
  auto const traces = support::read_csv(folder / "ref_traces.csv");
  auto const reference = nlohmann::json::parse(support::read_file(folder / "ref_models.json"));
  Arm const mono = arm_of(traces, "mono");
  Arm const comb = arm_of(traces, "comb");
  auto const value = [](double rate, std::vector<double> const& by_year) {
    return present_value(at_rate(rate), 1997, 1997, by_year);
  };
  constexpr double relative = 1e-8;
  auto const expect = [](double found, double expected) { EXPECT_NEAR(found / expected, 1, relative); };
  expect(value(0.06, mono.costs), reference["mono"]["cost_disc6"]);
  expect(value(0, mono.costs), reference["mono"]["cost_undisc"]);
  expect(value(0, mono.years), reference["mono"]["LY"]);
  expect(value(0.06, comb.costs), reference["comb"]["cost_disc6"]);
  expect(value(0, comb.costs), reference["comb"]["cost_undisc"]);
  expect(value(0, comb.years), reference["comb"]["LY"]);
  expect((value(0.06, comb.costs) - value(0.06, mono.costs)) / (value(0, comb.years) - value(0, mono.years)),
         reference["ICER_cost6_LY0"]);
}

/// One state of the chain costs 12 kroner, as it were, for each month that somebody spends there.
constexpr double kroner_a_month = 100'000;

std::string income_of_four_states() {
  std::string text =
      "base_amounts: {2000: 100000}\ngrowth: 0\nkroner_of: 2000\nearnings: {amount: 0, spread: 0}\nstates:\n";
  for (std::string const state : four_states) text += "  " + state + ": {amount: 1200000}\n";
  return text + "taxes: none\n";
}

/// The sum over 60 years, and what goes on for ever after them, against the integral of the chain's occupancy. Amounts
/// of a year fall in the middle of it, which is right to 1 in 10,000.
TEST(Ctmc4, DiscountedOccupancy) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/closedform");
  constexpr std::size_t replicates = 16;
  for (auto const& row : support::read_csv(folder / "ref_ctmc4_discounted_occupancy_4pct_infinite.csv")) {
    support::TempFolder const files;
    auto const world = support::make_money_world(
        files, four_states_model(folder),
        "start: 2000-01-01\nyears: 60\npopulation: {persons: 1500, state: " + row.at("from") +
            "}\nseed: 5\ngroups: 2\nreplicates: " + std::to_string(replicates) + "\n",
        income_of_four_states(),
        "kroner_of: 2000\nprices: {growth: 0}\npayers: {education: state, training: state, employment: state, "
        "joblessness: state}\ntaxes: {state: 1}\ncontributions: 0\ndiscount: 0.04\ntax_cost: 0\nresidual: "
        "forever\ndisplacement: none\n");
    RunResult const result = world.run(2);
    for (std::string const state : four_states) {
      double mean = 0;
      double squares = 0;
      for (std::size_t r = 0; r < replicates; ++r) {
        std::vector<double> by_year;
        for (int year = 2000; year < 2060; ++year)
          by_year.push_back(sum(result, "payments",
                                {{"replicate", std::to_string(r)},
                                 {"year", std::to_string(year)},
                                 {"payment", state + ": benefit"}}) /
                            (kroner_a_month * 1500));
        double const months = present_value(*result.ledgers, 2000, 2000, by_year);
        mean += months / replicates;
        squares += months * months / replicates;
      }
      double const se = std::sqrt((squares - mean * mean) / (replicates - 1));
      double const expected = number(row, state);
      EXPECT_NEAR(mean, expected, 4 * se + 2e-4 * expected) << row.at("from") << " to " << state;
    }
  }
}

}  // namespace
}  // namespace utvei
