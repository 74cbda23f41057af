// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/income/rules.hpp>
#include <utvei/money/rules.hpp>
#include <utvei/scenario/scenario.hpp>

#include <vector>

namespace utvei {

/// Prices and wages in the calendar years of a run, against the year whose kroner amounts are in.
struct Levels {
  Levels(MoneyRules const& rules, IncomeRules const& income, Scenario const& scenario);
  int first_year;
  std::vector<double> real;  ///< by year: real kroner that one of that year is
  std::vector<double> wage;  ///< by year: kroner of that year that follow wages from one of the year of amounts
  /// Real kroner of a year that one krone, which follows wages, has become.
  [[nodiscard]] double real_wage(std::size_t year) const { return real[year] * wage[year]; }
};

}  // namespace utvei
