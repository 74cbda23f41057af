// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace utvei {

/// What the owner of a register asks of numbers that leave its place. They follow the data from file to file.
struct DisclosureRules {
  double least{5};           ///< numbers of people from here on, and 0, may leave
  double denominator{30};    ///< shares and rates of fewer people than this stay inside
  std::int64_t round_to{1};  ///< counts that leave are rounded to multiples of this
  friend bool operator==(DisclosureRules const&, DisclosureRules const&) = default;
};

/// Of what is made of two registers: the larger of each number.
DisclosureRules strictest(DisclosureRules const& one, DisclosureRules const& other);

/// Whether a number of people may leave.
bool may_leave(double people, DisclosureRules const& rules);

/// To the nearest multiple; halves away from 0. No luck in it: what is asked twice is answered alike.
double rounded(double number, DisclosureRules const& rules);

}  // namespace utvei
