// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/text.hpp>
#include <utvei/model/model.hpp>

#include <algorithm>
#include <array>

namespace utvei {
namespace {

template <class IdType, class T>
std::optional<IdType> find_named(Column<IdType, T> const& column, std::string_view name) {
  auto const found = std::ranges::find(column.values(), name, &T::name);
  if (found == column.values().end()) return std::nullopt;
  return IdType{static_cast<std::size_t>(found - column.values().begin())};
}

template <class IdType, class T>
std::vector<std::string> names_of(Column<IdType, T> const& column) {
  std::vector<std::string> names;
  names.reserve(column.size());
  for (T const& item : column) names.push_back(item.name);
  return names;
}

}  // namespace

std::string label_in(Labels const& labels, std::string_view language, std::string_view name) {
  for (std::string_view const wanted :
       {language, std::string_view{"nb"}, std::string_view{"en"}, std::string_view{"nn"}}) {
    if (auto const found = labels.find(wanted); found != labels.end()) return found->second;
  }
  return std::string{name};
}

std::optional<StateId> Model::state(std::string_view wanted) const {
  return find_named(states, wanted);
}

std::optional<TransitionId> Model::transition(StateId from, StateId to) const {
  for (TransitionId const id : ids_of(transitions)) {
    if (transitions[id].from == from && transitions[id].to == to) return id;
  }
  return std::nullopt;
}

std::optional<TransitionId> Model::transition(std::string_view wanted) const {
  auto const arrow = wanted.find("->");
  if (arrow == std::string_view::npos) return std::nullopt;
  auto const from = state(trimmed(wanted.substr(0, arrow)));
  auto const to = state(trimmed(wanted.substr(arrow + 2)));
  if (!from || !to) return std::nullopt;
  return transition(*from, *to);
}

std::optional<TraitId> Model::trait(std::string_view wanted) const {
  return find_named(traits, wanted);
}

Definition const* Model::definition(std::string_view wanted) const {
  auto const found = std::ranges::find(definitions, wanted, &Definition::name);
  return found == definitions.end() ? nullptr : &*found;
}

std::vector<std::string> Model::state_names() const {
  return names_of(states);
}
std::vector<std::string> Model::transition_names() const {
  return names_of(transitions);
}
std::vector<std::string> Model::trait_names() const {
  return names_of(traits);
}

Duration AgeEnd::age_of(Instant birth) const {
  auto const own = std::ranges::find_if(cohorts, [birth](OfCohort const& cohort) { return birth < cohort.born_to; });
  return own == cohorts.end() ? age : own->age;
}

std::string describe_limit(Limit const& limit, Column<ClockId, Clock> const& clocks) {
  std::string const after = format(limit.after);
  return limit.clock == time_in_state_clock ? after : after + " of " + clocks[limit.clock].name;
}

std::optional<double> stay_of(Limit const& limit) {
  auto const& rows = limit.to.rows;
  if (rows.empty()) return std::nullopt;
  bool const same = std::ranges::all_of(rows, [&](auto const& row) { return row.stay == rows.front().stay; });
  return same ? std::optional{rows.front().stay} : std::nullopt;
}

bool lets_stay(Limit const& limit) {
  auto const& rows = limit.to.rows;
  return rows.empty() || std::ranges::any_of(rows, [](auto const& row) { return row.stay > 0; });
}

}  // namespace utvei
