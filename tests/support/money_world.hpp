// SPDX-License-Identifier: Apache-2.0
// A scenario with an income file and a money file, from their texts.
#pragma once

#include "support/income_world.hpp"

#include <utvei/money/payments.hpp>
#include <utvei/results/weigh.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace utvei::support {

/// As `utvei run` puts a result together. The folder holds what the texts name.
struct MoneyWorld {
  IncomeWorld income;
  MoneyRules rules;
  [[nodiscard]] RunResult run(std::size_t threads = 1) const {
    World const& world = income.world;
    PaymentPlan const plan = plan_payments(rules, income.rules, world.scenario, false);
    RunResult result = world.run(threads);
    IncomeTables made =
        simulate_income(income.rules, world.scenario, world.rates, world.people, {threads, nullptr, &plan.people});
    for (Table& table : made.tables) result.tables.push_back(std::move(table));
    weigh(result, world.scenario.weight);
    add_payments(plan, std::move(made.payments), rules, income.rules, world.scenario, world.people, result);
    return result;
  }
};

inline MoneyWorld make_money_world(TempFolder const& folder, std::string_view model, std::string_view scenario,
                                   std::string_view income, std::string_view money) {
  MoneyWorld made;
  std::string const path =
      folder.write("money.yaml", "utvei: money/1\nname: test\nmodel: model.yaml\n" + std::string{money});
  made.income = make_income_world(folder, model, "money: money.yaml\n" + std::string{scenario}, income);
  Diagnostics diagnostics;
  made.rules = read_money(path, {}, {}, &made.income.world.scenario.model, diagnostics);
  throw_if_errors(diagnostics);
  check_money(made.rules, made.income.rules, made.income.world.scenario, diagnostics);
  throw_if_errors(diagnostics);
  return made;
}

}  // namespace utvei::support
