// SPDX-License-Identifier: Apache-2.0
#include "scenario_items.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>

namespace utvei {

Value file_of(RunResult const& result) {
  Diagnostics unheard;
  return parse_yaml(result.provenance.scenario, "the scenario", unheard);
}

std::vector<Value> items_of(Value const& scenario, std::string_view section) {
  Value const* const found = scenario.find(section);
  return found == nullptr ? std::vector<Value>{} : named_items(*found).items;
}

std::vector<Value> own_items(Value const& baseline, Value const& scenario, std::string_view section) {
  std::vector<std::string> shared;
  for (Value const& item : items_of(baseline, section)) shared.push_back(to_yaml(item));
  std::vector<Value> own = items_of(scenario, section);
  std::erase_if(own, [&](Value const& item) { return std::ranges::find(shared, to_yaml(item)) != shared.end(); });
  return own;
}

std::string text_at(Value const& map, std::string_view key) {
  Value const* const value = map.find(key);
  return value != nullptr && value->is_scalar() ? value->scalar : std::string{};
}

}  // namespace utvei
