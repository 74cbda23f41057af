// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/model/rate_table.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double most_money = 1e8;

bool is_table(std::string_view text) {
  return text.ends_with(".csv") || text.ends_with(".csv.gz");
}

/// Which column the table has its number in. Another reader says what is wrong with the file.
std::string value_column(std::string const& path, std::vector<std::string> const& possible, Place const& from) {
  Diagnostics unheard;
  auto const file = DelimitedFile::open(path, Request{from}, unheard);
  for (std::string const& name : possible)
    if (file && file->column(name)) return name;
  return possible.front();
}

AmountRule read_table_of(Value const& value, std::vector<std::string> const& possible, IncomeReading const& reading) {
  AmountRule rule;
  rule.place = value.place;
  rule.path = path_beside(value);
  RateTable table;
  table.path = rule.path;
  table.ways = {{"", "", value.scalar, true, value.place, value.place}};
  table.way = "amount";
  table.end.clear();
  table.owner = reading.rules.path;
  table.rates_of = RateTable::For::amounts;
  table.value = value_column(rule.path, possible, value.place);
  rule.unit = table.value == "factor"         ? MoneyUnit::factor
              : table.value == "base_amounts" ? MoneyUnit::base_amounts
                                              : MoneyUnit::kroner;
  std::string const data_class =
      read_rate_table(table, reading.model, Request{value.place}, rule.rows, reading.diagnostics);
  reading.rules.data_class = strictest({reading.rules.data_class, data_class});
  reading.note_input(rule.path);
  return rule;
}

}  // namespace

void IncomeReading::note_input(std::string const& path) const {
  if (std::ranges::find(rules.inputs, path) == rules.inputs.end()) rules.inputs.push_back(path);
}

std::optional<Money> as_money(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  auto const text = as_text(value, what, diagnostics);
  if (!text) return std::nullopt;
  std::string_view number = *text;
  Money money;
  if (number.ends_with('G')) {
    money.unit = MoneyUnit::base_amounts;
    number.remove_suffix(1);
  }
  auto const parsed = parse_number(number);
  if (parsed && *parsed >= 0 && *parsed <= most_money) {
    money.number = *parsed;
    return money;
  }
  diagnostics.error(value.place, fmt::format("`{}` is not an amount for `{}`", *text, what),
                    "it is a number of kroner a year, or of base amounts (G)", "write 248056, or 2.041 G");
  return std::nullopt;
}

std::optional<AmountRule> read_amount(Value const& value, std::string_view what, IncomeReading const& reading) {
  if (value.is_scalar() && is_table(value.scalar)) return read_table_of(value, {"amount", "base_amounts"}, reading);
  auto const money = as_money(value, what, reading.diagnostics);
  if (!money) return std::nullopt;
  AmountRule rule;
  rule.unit = money->unit;
  rule.place = value.place;
  rule.rows.emplace_back();
  rule.rows.back().rate_per_year = money->number;
  rule.rows.back().place = value.place;
  return rule;
}

std::optional<AmountRule> read_factor(Value const& value, IncomeReading const& reading) {
  auto const text = as_text(value, "factors", reading.diagnostics);
  if (!text) return std::nullopt;
  if (is_table(*text)) return read_table_of(value, {"factor"}, reading);
  reading.diagnostics.error(value.place, fmt::format("`{}` is not a table of factors", *text), "",
                            "name a .csv with the column `factor` and any of region, a trait, age_from, age_to");
  return std::nullopt;
}

}  // namespace utvei
