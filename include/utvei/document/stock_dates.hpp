// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace utvei {

/// A day of every year; 29 February is none.
struct MonthDay {
  unsigned month{1};
  unsigned day{1};
};

/// `"11-16"`: month and day, in quotes.
std::optional<MonthDay> as_month_day(Value const& value, std::string_view what, Diagnostics& diagnostics);
/// `["06-30", "11-16"]`: when heads are counted each year, of a scenario or a study. What is wrong is diagnosed.
std::vector<MonthDay> as_stock_dates(Value const& value, Diagnostics& diagnostics);

}  // namespace utvei
