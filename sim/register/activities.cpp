// SPDX-License-Identifier: Apache-2.0
#include <utvei/register/activities.hpp>

#include <algorithm>

namespace utvei {

std::optional<ActivityId> Activities::find(std::string_view name) const {
  auto const found = std::ranges::find(known.values(), name, &Activity::name);
  if (found == known.values().end()) {
    return std::nullopt;
  }
  return ActivityId{static_cast<std::size_t>(found - known.values().begin())};
}

std::vector<std::string> Activities::names() const {
  std::vector<std::string> names;
  for (Activity const& activity : known) {
    names.push_back(activity.name);
  }
  return names;
}

std::optional<StateId> Activities::state_of(ActivitySet active) const {
  auto const line = std::ranges::find_if(states_when, [&](StateRule const& rule) { return rule.holds(active); });
  return line == states_when.end() ? std::nullopt : std::optional{line->state};
}

bool is_flag(Trait const& trait) {
  std::vector<std::string> const levels{"no", "yes"};
  return !trait.numeric && std::ranges::is_permutation(trait.levels, levels);
}

std::string joined_names(ActivitySet active, std::vector<std::string> const& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (active.has(ActivityId{i})) {
      text += (text.empty() ? "" : "+") + names[i];
    }
  }
  return text;
}

}  // namespace utvei
