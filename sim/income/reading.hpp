// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/income/rules.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace utvei {

/// What the parts of an income file are read with.
struct IncomeReading {
  Model const& model;
  IncomeRules& rules;
  Diagnostics& diagnostics;
  void note_input(std::string const& path) const;
};

/// A yearly amount: `248056`, `2.041 G`, or a table with the column `amount` (kroner) or `base_amounts` (G).
std::optional<AmountRule> read_amount(Value const& value, std::string_view what, IncomeReading const& reading);
/// A table with the column `factor`.
std::optional<AmountRule> read_factor(Value const& value, IncomeReading const& reading);
struct Money {
  double number{0};
  MoneyUnit unit{MoneyUnit::kroner};
};
/// A number of kroner, or one that ends in G.
std::optional<Money> as_money(Value const& value, std::string_view what, Diagnostics& diagnostics);

/// `base_amounts: FILE` with the columns year and amount.
void read_base_amounts(Value const& value, IncomeReading const& reading);
/// `states:`, one line for each state of the model.
void read_state_incomes(Value const& value, IncomeReading const& reading);
/// `pathways:`.
void read_income_pathways(Value const& value, IncomeReading const& reading);

}  // namespace utvei
