// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/document/delimited.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2300;
constexpr double most_base_amount = 1e7;

void refuse_columns(DelimitedFile const& file, Diagnostics& diagnostics) {
  std::vector<std::string> const known{"year", "amount", "source", "confidence"};
  for (std::size_t i = 0; i < file.columns().size(); ++i) {
    if (std::ranges::find(known, file.columns()[i]) != known.end()) continue;
    diagnostics.error(file.header_place(i), fmt::format("unknown column `{}`", file.columns()[i]), "",
                      did_you_mean(file.columns()[i], known));
  }
}

/// A year without an amount between two that have one would be a guess.
void check_holes(std::map<int, double> const& amounts, Place const& place, Diagnostics& diagnostics) {
  for (auto const& [year, amount] : amounts) {
    if (year == amounts.rbegin()->first || amounts.contains(year + 1)) continue;
    diagnostics.error(place, fmt::format("no base amount for {}", year + 1), "the table has years before and after it",
                      "add a line for each year");
  }
}

bool is_year(std::optional<std::int64_t> number) {
  return number && *number >= first_year && *number <= last_year;
}

bool is_amount(std::optional<double> kroner) {
  return kroner && *kroner >= 1 && *kroner <= most_base_amount;  // not so for NaN
}

/// `{2025: 128116, 2026: 134419}`
void read_base_map(Value const& value, IncomeReading const& reading) {
  for (Member const& member : value.members) {
    auto const year = parse_integer(member.key);
    auto const kroner = as_number(member.value, "base amount", reading.diagnostics);
    if (!is_year(year))
      reading.diagnostics.error(member.key_place, fmt::format("`{}` is not a year", member.key), "", "write 2025");
    else if (kroner && !is_amount(kroner))
      reading.diagnostics.error(member.value.place, fmt::format("`{}` is not a base amount", member.value.scalar), "",
                                "write the kroner of that year, as 128116");
    else
      reading.rules.base_amounts.emplace(static_cast<int>(*year), kroner.value_or(1));
  }
}

void read_base_table(Value const& value, IncomeReading const& reading) {
  Diagnostics& diagnostics = reading.diagnostics;
  if (!as_text(value, "base_amounts", diagnostics)) return;
  std::string const path = path_beside(value);
  auto const file = DelimitedFile::open(path, Request{value.place}, diagnostics);
  if (!file) return;
  reading.note_input(path);
  refuse_columns(*file, diagnostics);
  auto const year = file->require_column("year", {}, diagnostics);
  auto const amount = file->require_column("amount", {}, diagnostics);
  if (!year || !amount) return;
  file->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    auto const number = parse_integer(row[*year]);
    auto const kroner = parse_number(row[*amount], file->separator());
    if (!is_year(number))
      diagnostics.error(row.place(*year), fmt::format("`{}` is not a year", row[*year]), "", "write 2025");
    else if (!is_amount(kroner))
      diagnostics.error(row.place(*amount), fmt::format("`{}` is not a base amount", row[*amount]), "",
                        "write the kroner of that year, as 128116");
    else if (!reading.rules.base_amounts.emplace(static_cast<int>(*number), *kroner).second)
      diagnostics.error(row.place(*year), fmt::format("{} is there twice", *number), "", "remove one of the lines");
  });
}

}  // namespace

void read_base_amounts(Value const& value, IncomeReading const& reading) {
  reading.rules.base_amounts_place = value.place;
  std::size_t const before = reading.diagnostics.error_count();
  if (value.is_map()) {
    read_base_map(value, reading);
  } else {
    read_base_table(value, reading);
  }
  if (reading.diagnostics.error_count() != before) return;
  if (reading.rules.base_amounts.empty())
    reading.diagnostics.error(value.place, "no base amounts", "", "add the amount of each year");
  check_holes(reading.rules.base_amounts, value.place, reading.diagnostics);
}

}  // namespace utvei
