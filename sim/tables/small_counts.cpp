// SPDX-License-Identifier: Apache-2.0
#include "small_counts.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

Read known(double number) {
  return {{number, number, Sign::none}, {}};
}

/// SSB's small areas: 1 and 2 were changed to 0 or 3.
Read zero_or_three(double number) {
  if (number == 0) return {{0, 2, Sign::none}, {}};
  if (number == 3) return {{1, 3, Sign::none}, {}};
  if (number > 0 && number < 3) return {{}, "every 1 and 2 was changed to 0 or 3"};
  return known(number);
}

/// To the nearest: halves go either way.
Read rounded(double number, int to) {
  if (std::fmod(number, to) != 0) return {{}, fmt::format("every count was rounded to a multiple of {}", to)};
  auto const half = std::floor(to / 2.0);
  return {{std::max(0.0, number - half), number + half, Sign::none}, {}};
}

}  // namespace

Read read_published(CubeCell const& cell, SmallCounts const& rule) {
  auto const is_hidden_rule = rule.rule == SmallCounts::Rule::hidden_below;
  if (cell.sign == Sign::hidden && is_hidden_rule)
    return {{static_cast<double>(rule.least), rule.number - 1.0, Sign::none}, {}};
  if (cell.sign != Sign::none) return {{0, 0, cell.sign}, {}};
  if (rule.rule == SmallCounts::Rule::zero_or_three) return zero_or_three(cell.number);
  if (rule.rule == SmallCounts::Rule::rounded) return rounded(cell.number, rule.number);
  if (is_hidden_rule && cell.number > 0 && cell.number < rule.number)
    return {{}, fmt::format("counts below {} are hidden", rule.number)};
  return known(cell.number);
}

}  // namespace utvei
