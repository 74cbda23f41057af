// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/report/text.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace utvei {

/// `6 months` as it is written: a number and a unit.
struct QuantityOfTime {
  double number{0};
  std::string unit;  ///< one of it: month
};
std::optional<QuantityOfTime> read_quantity_of_time(std::string_view text);

/// `1 month`, `6.5 months`.
std::string written(QuantityOfTime const& time);

enum class UnitNumber : std::uint8_t { one, many };
ReportText words_of_unit(std::string_view unit, UnitNumber number);

/// What a slider of this unit reaches at least.
double usual_most(std::string_view unit);

/// A number as YAML has it, without noise in its last digits.
std::string written(double number);

}  // namespace utvei
