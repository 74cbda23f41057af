// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/results/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

// The scenario file of a result, as data.

/// As it was resolved when the result was made; null where the result has none.
Value file_of(RunResult const& result);
/// Items of `measures` or `changes`, each with its name.
std::vector<Value> items_of(Value const& scenario, std::string_view section);
/// What a scenario has and the zero alternative has not, or otherwise.
std::vector<Value> own_items(Value const& baseline, Value const& scenario, std::string_view section);
/// A scalar under `key`; empty where there is none.
std::string text_at(Value const& map, std::string_view key);

}  // namespace utvei
