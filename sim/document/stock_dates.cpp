// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/time.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/document/stock_dates.hpp>

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace utvei {
namespace {

bool same(MonthDay a, MonthDay b) {
  return a.month == b.month && a.day == b.day;
}

/// `11-16`, in any year that has the day.
std::optional<MonthDay> parse_month_day(std::string_view text) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  auto const month = parse_integer(text.substr(0, 2));
  auto const day = parse_integer(text.substr(3, 2));
  if (!month || !day || *month < 1 || *day < 1) return std::nullopt;
  MonthDay const result{static_cast<unsigned>(*month), static_cast<unsigned>(*day)};
  constexpr int leap_year = 2024;
  return date(leap_year, result.month, result.day) ? std::optional{result} : std::nullopt;
}

}  // namespace

std::optional<MonthDay> as_month_day(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  auto const text = as_code(value, what, diagnostics);
  if (!text) return std::nullopt;
  auto const day = parse_month_day(*text);
  if (!day) {
    diagnostics.error(value.place, fmt::format("`{}` is not a day of the year", *text), {},
                      "write month and day in quotes: \"11-16\"");
    return std::nullopt;
  }
  if (!same(*day, {2, 29})) return day;
  diagnostics.error(value.place, "29 February is not in every year", "heads are counted each year",
                    "write \"02-28\" or \"03-01\"");
  return std::nullopt;
}

std::vector<MonthDay> as_stock_dates(Value const& value, Diagnostics& diagnostics) {
  std::vector<MonthDay> dates;
  if (!value.is_list()) {
    diagnostics.error(value.place, "`stock_dates` must be a list", {}, "write [\"11-16\"]");
    return dates;
  }
  for (Value const& item : value.items) {
    auto const day = as_month_day(item, "a stock date", diagnostics);
    if (!day) continue;
    if (std::any_of(dates.begin(), dates.end(), [&](MonthDay other) { return same(other, *day); })) {
      diagnostics.error(item.place, fmt::format("stock date `{}` is there twice", item.scalar));
    } else {
      dates.push_back(*day);
    }
  }
  return dates;
}

}  // namespace utvei
