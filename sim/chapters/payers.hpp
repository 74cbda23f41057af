// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/contents.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

inline constexpr std::array<std::string_view, 6> payer_names{"person", "employer",         "municipality",
                                                             "county", "health_authority", "state"};

/// Whether a scenario's money may be told, and both sides count it alike.
bool counts_money(Contents const& contents, std::size_t scenario);
/// Present values of a place; of all where it has no name.
std::vector<ComparisonRow const*> value_rows(Contents const& contents, std::size_t scenario, std::string const& region);
/// Of one payer, or of `society`; none: it is not told.
ComparisonRow const* ledger_row(std::vector<ComparisonRow const*> const& rows, std::string_view ledger);

}  // namespace utvei
