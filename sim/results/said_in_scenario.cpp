// SPDX-License-Identifier: Apache-2.0
#include "said_in_scenario.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// Of a map by name, or of a list of maps that hold their names.
Value const* named(Value const& section, std::string_view name) {
  if (!section.is_list()) return section.find(name);
  auto const found = std::ranges::find_if(section.items, [&](Value const& item) {
    Value const* const own = item.find("name");
    return own != nullptr && own->scalar == name;
  });
  return found == section.items.end() ? nullptr : &*found;
}

}  // namespace

Value scenario_of(RunResult const& result) {
  Diagnostics unheard;
  return parse_yaml(result.provenance.scenario, "the scenario", unheard);
}

StateInfo scenario_label(RunResult const& result) {
  StateInfo info{result.provenance.scenario_name, "", "", "", ""};
  Value const scenario = scenario_of(result);
  Value const* const label = scenario.find("label");
  if (label == nullptr) return info;
  auto const in = [&](std::string_view language) {
    Value const* const text = label->is_map() ? label->find(language) : label;
    return text != nullptr && text->is_scalar() ? text->scalar : std::string{};
  };
  info.label_nb = in("nb");
  info.label_nn = in("nn");
  info.label_en = in("en");
  return info;
}

std::optional<std::string> said_of(Value const& scenario, std::string_view section, std::string_view name,
                                   std::vector<std::string_view> const& may_differ) {
  Value const* const all = scenario.find(section);
  Value const* const one = all != nullptr ? named(*all, name) : nullptr;
  if (one == nullptr) return std::nullopt;
  Value what = *one;
  std::erase_if(what.members,
                [&](Member const& member) { return std::ranges::find(may_differ, member.key) != may_differ.end(); });
  return to_yaml(what);
}

}  // namespace utvei
