// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/money/rules.hpp>

#include <optional>
#include <string_view>

namespace utvei {

/// How a society's ledgers are kept: the year of the kroner, prices, discounting, the cost of taxes, the end of the
/// horizon, displacement.
void read_conventions(MapReader& reader, Model const& model, MoneyRules& rules, Diagnostics& diagnostics);

/// 0 to 1.
std::optional<double> as_share(Value const& value, std::string_view what, Diagnostics& diagnostics);

}  // namespace utvei
