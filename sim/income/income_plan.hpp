// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "yearly_amounts.hpp"

#include <utvei/income/rules.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/scenario.hpp>

#include <optional>
#include <vector>

namespace utvei {

/// The rules of an income file as dense tables for one scenario. Immutable.
struct IncomePlan {
  /// Diagnoses what the rules need and the scenario or the people lack; use it only without errors.
  IncomePlan(IncomeRules const& the_rules, Scenario const& scenario, Population const& people,
             Diagnostics& diagnostics);

  struct OfState {
    std::optional<YearlyAmounts> ceiling, floor, amount;
  };
  struct Bracket {
    double above;  ///< kroner of the year
    double rate;
  };

  IncomeRules const& rules;
  IncomeCalendar calendar;
  std::vector<bool> inhabited;  ///< by RegionId: bottom of the tree, or home of somebody at the start
  MoneyByYear money;
  YearlyAmounts full_earnings;
  std::vector<YearlyAmounts> factors;
  Column<StateId, OfState> states;
  std::optional<YearlyAmounts> per_child;
  std::vector<std::vector<Bracket>> taxes;  ///< by year, rising
  bool has_ages{false};
};

}  // namespace utvei
