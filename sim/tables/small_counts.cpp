// SPDX-License-Identifier: Apache-2.0
#include "small_counts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

ReadCount between(double low, double high, double estimate) {
  return {{low, high, Sign::none, estimate}, {}};
}

ReadCount impossible(std::string why) {
  return {{}, std::move(why)};
}

/// SSB's small areas: 1 and 2 were changed to 0 or 3.
ReadCount zero_or_three(double number) {
  if (number == 0) return between(0, 2, number);
  if (number == 3) return between(1, 3, number);
  if (number > 0 && number < 3) return impossible("every 1 and 2 was changed to 0 or 3");
  return between(number, number, number);
}

/// To the nearest: halves go either way.
ReadCount rounded(double number, int to) {
  if (std::fmod(number, to) != 0) return impossible(fmt::format("every count was rounded to a multiple of {}", to));
  auto const half = std::floor(to / 2.0);
  return between(std::max(0.0, number - half), number + half, number);
}

}  // namespace

ReadCount read_published(CubeCell const& cell, SmallCounts const& rule) {
  auto const hides = rule.rule == SmallCounts::Rule::hidden_below;
  if (cell.sign == Sign::hidden && hides) {
    auto const most = rule.number - 1.0;
    return between(rule.least, most, (rule.least + most) / 2);
  }
  if (cell.sign != Sign::none) return {{0, 0, cell.sign, 0}, {}};
  if (rule.rule == SmallCounts::Rule::zero_or_three) return zero_or_three(cell.number);
  if (rule.rule == SmallCounts::Rule::rounded) return rounded(cell.number, rule.number);
  if (hides && cell.number > 0 && cell.number < rule.number)
    return impossible(fmt::format("counts below {} are hidden", rule.number));
  return between(cell.number, cell.number, cell.number);
}

}  // namespace utvei
