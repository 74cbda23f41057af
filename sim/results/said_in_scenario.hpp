// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/results/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// The scenario that a result was made with, resolved; null where it has none.
Value scenario_of(RunResult const& result);

/// What a scenario says under `section` of what has this name, as text, without the keys that may differ. Nothing where
/// it does not have it.
std::optional<std::string> said_of(Value const& scenario, std::string_view section, std::string_view name,
                                   std::vector<std::string_view> const& may_differ);

}  // namespace utvei
