// SPDX-License-Identifier: Apache-2.0
#include "levels.hpp"

#include <cmath>

namespace utvei {
namespace {

/// Consumer prices, up to a factor.
double price(MoneyRules const& rules, int year) {
  double const growth = 1 + rules.ledgers.price_growth;
  if (rules.price_index.empty()) return std::pow(growth, year - rules.ledgers.kroner_of);
  auto const& [first, first_level] = *rules.price_index.begin();
  auto const& [last, last_level] = *rules.price_index.rbegin();
  if (year < first) return first_level * std::pow(growth, year - first);
  if (year > last) return last_level * std::pow(growth, year - last);
  return rules.price_index.at(year);
}

}  // namespace

Levels::Levels(MoneyRules const& rules, IncomeRules const& income, Scenario const& scenario)
    : first_year{year_of(scenario.start)} {
  int const of = rules.ledgers.kroner_of;
  double const base_then = base_amount_of(income, of).value_or(1);
  for (int year = first_year; start_of_year(year) < scenario.end; ++year) {
    real.push_back(price(rules, of) / price(rules, year));
    wage.push_back(base_amount_of(income, year).value_or(1) / base_then);
  }
}

}  // namespace utvei
