// SPDX-License-Identifier: Apache-2.0
// A scenario with an income file, from their texts.
#pragma once

#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <utvei/income/simulate_income.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei::support {

struct IncomeWorld {
  World world;
  IncomeRules rules;
  [[nodiscard]] IncomeTables run(std::size_t threads = 1) const {
    return simulate_income(rules, world.scenario, world.rates, world.people, {threads, nullptr});
  }
};

/// The folder holds what the texts name. Throws InputError if anything is wrong.
inline IncomeWorld make_income_world(TempFolder const& folder, std::string_view model, std::string_view scenario,
                                     std::string_view income) {
  IncomeWorld made;
  std::string const path =
      folder.write("income.yaml", "utvei: income/1\nname: test\nmodel: model.yaml\n" + std::string{income});
  made.world = make_world(folder, model, "income: income.yaml\n" + std::string{scenario});
  Diagnostics diagnostics;
  made.rules = read_income(path, {}, {}, &made.world.scenario.model, diagnostics);
  throw_if_errors(diagnostics);
  check_income(made.rules, made.world.scenario, made.world.people, diagnostics);
  throw_if_errors(diagnostics);
  return made;
}

inline Table const& table_of(IncomeTables const& income, std::string_view name) {
  for (Table const& table : income.tables)
    if (table.name == name) return table;
  throw std::runtime_error{"no table " + std::string{name}};
}

using utvei::sum_where;

}  // namespace utvei::support
