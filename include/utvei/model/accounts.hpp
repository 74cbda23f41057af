// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace utvei {

/// Where money comes from and goes to. The first six are the payers of a society; the others are outside of it: what is
/// produced, the real resources that services for people in a state and measures use up, and people's own time.
enum class Account : std::uint8_t {
  person,
  employer,
  municipality,
  county,
  health_authority,
  state,
  production,
  services,
  measures,
  time,
};
inline constexpr std::array<std::string_view, 10> account_names{
    "person", "employer",   "municipality", "county",   "health_authority",
    "state",  "production", "services",     "measures", "time",
};
inline constexpr std::size_t accounts = account_names.size();
inline constexpr std::size_t payers = 6;

/// Whether the account is of the public purse.
constexpr bool is_public(Account account) {
  return account == Account::municipality || account == Account::county || account == Account::health_authority ||
         account == Account::state;
}

}  // namespace utvei
