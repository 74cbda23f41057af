// SPDX-License-Identifier: Apache-2.0
#include "income_plan.hpp"

#include <utvei/income/simulate_income.hpp>

#include <cmath>
#include <functional>

#include <fmt/format.h>

namespace utvei {
namespace {

std::vector<bool> inhabited_regions(Regions const& regions, Population const& people) {
  std::vector<bool> inhabited(regions.size(), true);
  for (std::size_t r = 0; r < regions.size(); ++r)
    if (auto const& parent = regions[RegionId{r}].parent) inhabited[parent->value()] = false;
  for (RegionId const region : people.region) inhabited[region.value()] = true;
  return inhabited;
}

MoneyByYear money_of(IncomeRules const& rules, IncomeCalendar const& calendar, Diagnostics& diagnostics) {
  MoneyByYear money;
  double const then = base_amount_of(rules, rules.kroner_of).value_or(1);
  for (std::size_t y = 0; y < calendar.years(); ++y) {
    auto const amount = base_amount_of(rules, calendar.year(y));
    bool const is_later = !rules.base_amounts.empty() && calendar.year(y) > rules.base_amounts.rbegin()->first;
    if (!amount)
      diagnostics.error(
          rules.base_amounts_place, fmt::format("no base amount for {}, which the run has", calendar.year(y)), {},
          is_later ? "add a line for it, or let G grow after the last year with `growth: 0.035`" : "add a line for it");
    money.base_amount.push_back(amount.value_or(1));
    money.wage_level.push_back(amount.value_or(1) / then);
    if (!amount) break;  // and so for the others
  }
  money.base_amount.resize(calendar.years(), 1);
  money.wage_level.resize(calendar.years(), 1);
  return money;
}

void for_each_rule(IncomeRules const& rules, std::function<void(AmountRule const&)> const& visit) {
  visit(rules.full_earnings);
  for (AmountRule const& factor : rules.earnings_factors) visit(factor);
  for (StateIncome const& state : rules.states) {
    if (state.amount) visit(*state.amount);
    if (state.benefit && state.benefit->ceiling) visit(*state.benefit->ceiling);
    if (state.benefit && state.benefit->floor) visit(*state.benefit->floor);
  }
  if (rules.per_child) visit(*rules.per_child);
}

/// What tables are by, people must have.
void check_people(IncomeRules const& rules, Scenario const& scenario, Population const& people,
                  Diagnostics& diagnostics) {
  auto const lack = [&](AmountRule const& rule, std::string const& what) {
    diagnostics.error(rule.place, fmt::format("{} is by {}, and the people have none", rule.path, what), {},
                      fmt::format("give the people of the scenario {}, or leave the column out", what));
  };
  for_each_rule(rules, [&](AmountRule const& rule) {
    if (is_by_age(rule) && people.birth.empty()) lack(rule, "age");
    if (is_by_region(rule) && people.region.empty()) lack(rule, "region");
    for (TraitId const trait : traits_of(rule))
      if (trait.value() >= people.traits.size() || people.traits[trait.value()].empty())
        lack(rule, scenario.model.traits[trait].name);
  });
}

}  // namespace

std::optional<double> base_amount_of(IncomeRules const& rules, int year) {
  auto const found = rules.base_amounts.find(year);
  if (found != rules.base_amounts.end()) return found->second;
  if (rules.base_amounts.empty()) return std::nullopt;
  auto const& [last, amount] = *rules.base_amounts.rbegin();
  if (year < last || !rules.growth) return std::nullopt;
  double grown = amount;
  for (int y = last; y < year; ++y) grown *= 1 + *rules.growth;
  return grown;
}

IncomePlan::IncomePlan(IncomeRules const& the_rules, Scenario const& scenario, Population const& people,
                       Diagnostics& diagnostics)
    : rules{the_rules},
      calendar{scenario.start, scenario.end},
      inhabited{inhabited_regions(scenario.model.regions, people)},
      money{money_of(the_rules, calendar, diagnostics)},
      has_ages{!people.birth.empty()} {
  Model const& model = scenario.model;
  if (calendar.whole() == 0)
    diagnostics.error(scenario.income_place, "the run holds no whole calendar year",
                      "income is by calendar year, and a part of one has none", "start on 1 January, or run longer");
  std::size_t const before = diagnostics.error_count();
  check_people(rules, scenario, people, diagnostics);
  if (diagnostics.error_count() != before) return;
  auto const dense = [&](AmountRule const& rule) {
    return YearlyAmounts{rule, model, inhabited, calendar, money, diagnostics};
  };
  auto const dense_if = [&](std::optional<AmountRule> const& rule) {
    return rule ? std::optional{dense(*rule)} : std::nullopt;
  };
  full_earnings = dense(rules.full_earnings);
  for (AmountRule const& factor : rules.earnings_factors) factors.push_back(dense(factor));
  for (StateIncome const& state : rules.states) {
    OfState own;
    own.amount = dense_if(state.amount);
    if (state.benefit) {
      own.ceiling = dense_if(state.benefit->ceiling);
      own.floor = dense_if(state.benefit->floor);
    }
    states.push_back(std::move(own));
  }
  per_child = dense_if(rules.per_child);
  for (std::size_t y = 0; y < calendar.years(); ++y) {
    auto& brackets = taxes.emplace_back();
    for (TaxBracket const& bracket : rules.taxes)
      brackets.push_back({bracket.above * money.kroner(bracket.unit, y), bracket.rate});
  }
}

void check_income(IncomeRules const& rules, Scenario const& scenario, Population const& people,
                  Diagnostics& diagnostics) {
  IncomePlan const plan{rules, scenario, people, diagnostics};
  if (!diagnostics.has_errors() && plan.calendar.whole() < 3)
    diagnostics.warning(
        scenario.income_place,
        fmt::format("the run holds {} whole calendar years: nobody is persistently low", plan.calendar.whole()),
        "that is a rule on the income of three years", "run longer");
}

}  // namespace utvei
