// SPDX-License-Identifier: Apache-2.0
#include "low_income.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {

std::int64_t twice_median(std::vector<std::int32_t> values) {
  std::erase_if(values, [](std::int32_t value) { return value < 0; });
  if (values.empty()) return 0;
  auto const upper = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, upper);
  std::int64_t const high = *upper;
  return values.size() % 2 == 1 ? 2 * high : high + *std::max_element(values.begin(), upper);
}

LowIncomeLines::LowIncomeLines(double share_of_median, std::vector<std::int64_t> twice_medians)
    : share_{std::llround(share_of_median * static_cast<double>(millionths))},
      twice_medians_{std::move(twice_medians)} {}

bool LowIncomeLines::knows_three_years(std::span<std::int32_t const> incomes, std::size_t year) {
  return year >= 2 && incomes[year] >= 0 && incomes[year - 1] >= 0 && incomes[year - 2] >= 0;
}

IncomeState LowIncomeLines::state(std::span<std::int32_t const> incomes, std::size_t year) const {
  if (incomes[year] < 0) return IncomeState::not_counted;
  if (knows_three_years(incomes, year)) {
    // Three times the means: the same on both sides.
    std::int64_t sum = 0;
    std::int64_t medians = 0;
    for (std::size_t y = year - 2; y <= year; ++y) {
      sum += incomes[y];
      medians += twice_medians_[y];
    }
    if (is_below(sum, medians)) return IncomeState::persistently_low;
  }
  return is_below(incomes[year], twice_medians_[year]) ? IncomeState::low : IncomeState::not_low;
}

}  // namespace utvei
