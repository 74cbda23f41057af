// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/income/payments.hpp>
#include <utvei/income/rules.hpp>
#include <utvei/money/rules.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <vector>

namespace utvei {

/// Diagnoses what the rules need and the scenario and its income file lack: who pays in each state in which there is
/// something to pay, and the base amount of the year whose kroner amounts are in.
void check_money(MoneyRules const& rules, IncomeRules const& income, Scenario const& scenario,
                 Diagnostics& diagnostics);

/// Who pays what in one scenario.
struct PaymentPlan {
  PaymentRules people;             ///< for simulate_income
  std::vector<PaymentInfo> infos;  ///< of these, then of what measures cost
};
/// `of_register`: tables are not by region then, since a cell may be one person's income. The arguments have passed
/// check_money.
PaymentPlan plan_payments(MoneyRules const& rules, IncomeRules const& income, Scenario const& scenario,
                          bool of_register);

/// Adds what measures cost, and the tables `payments` and `balance`, to a result that holds the tables of its measures
/// and has been weighed. `sums`: of the people who were simulated.
void add_payments(PaymentPlan const& plan, PaymentSums sums, MoneyRules const& rules, IncomeRules const& income,
                  Scenario const& scenario, Population const& people, RunResult& result);

}  // namespace utvei
