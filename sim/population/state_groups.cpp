// SPDX-License-Identifier: Apache-2.0
#include "state_groups.hpp"

#include "attributes.hpp"

#include <utvei/document/reader.hpp>

#include <map>

#include <fmt/format.h>

namespace utvei {

std::optional<StateGroups> read_state_groups(Value const& value, Model const& model, Diagnostics& diagnostics) {
  if (!value.is_map() || value.members.size() != 1 || !value.members.front().value.is_map()) {
    diagnostics.error(value.place, "`state_groups` must name one column, and the states of each of its labels", {},
                      "write state_groups: {status: {employed: [work, sick_leave], unemployed: unemployed}}");
    return std::nullopt;
  }
  Member const& column = value.members.front();
  StateGroups groups{column.key, column.key_place, {}};
  std::map<std::string, Place> seen;
  for (Member const& member : column.value.members) {
    PeopleGroup group{member.key, member.key_place, {}, everything, 0};
    for (auto const& [name, place] : as_codes(member.value, fmt::format("group `{}`", member.key), diagnostics)) {
      auto const state = read_state(name, model);
      auto const [first, is_new] = seen.emplace(name, place);
      if (!state.value) {
        diagnostics.error(place, state.problem, {}, state.suggestion);
      } else if (!is_new) {
        diagnostics.error(place, fmt::format("state `{}` is in two groups", name),
                          fmt::format("line {} has it already", first->second.line), "keep it in one of them");
      } else {
        group.parts.push_back({name, place, {}, everything, state.value->value()});
      }
    }
    groups.groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace utvei
