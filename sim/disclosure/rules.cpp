// SPDX-License-Identifier: Apache-2.0
#include <utvei/disclosure/rules.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {

DisclosureRules strictest(DisclosureRules const& one, DisclosureRules const& other) {
  return {std::max(one.least, other.least), std::max(one.denominator, other.denominator),
          std::max(one.round_to, other.round_to)};
}

bool may_leave(double people, DisclosureRules const& rules) {
  return people == 0 || people >= rules.least;
}

double rounded(double number, DisclosureRules const& rules) {
  if (rules.round_to <= 1) return number;
  auto const base = static_cast<double>(rules.round_to);
  return std::round(number / base) * base;
}

}  // namespace utvei
