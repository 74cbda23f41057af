// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/income/rules.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// Twice the median of the values that are not negative, so that it is whole: the sum of the two in the middle. 0 if
/// there are none.
std::int64_t twice_median(std::vector<std::int32_t> values);

/// Low income of a year: below the share of the year's median. Persistently low: the mean of three years is below the
/// share of the mean of their medians (Statistics Norway). All in integers.
class LowIncomeLines {
 public:
  /// `twice_medians`: by whole year.
  LowIncomeLines(double share_of_median, std::vector<std::int64_t> twice_medians);
  /// Of somebody with these incomes per consumption unit by whole year; not_counted where the year has none.
  [[nodiscard]] IncomeState state(std::span<std::int32_t const> incomes, std::size_t year) const;
  /// Whether the three years up to this one are known.
  [[nodiscard]] static bool knows_three_years(std::span<std::int32_t const> incomes, std::size_t year);
  [[nodiscard]] double median(std::size_t year) const { return static_cast<double>(twice_medians_[year]) / 2; }

 private:
  [[nodiscard]] bool is_below(std::int64_t income, std::int64_t twice_median) const {
    return 2 * income * millionths < share_ * twice_median;
  }
  static constexpr std::int64_t millionths = 1'000'000;
  std::int64_t share_;  ///< of the median, in millionths
  std::vector<std::int64_t> twice_medians_;
};

}  // namespace utvei
