// SPDX-License-Identifier: Apache-2.0
#include "region_people.hpp"

#include <algorithm>
#include <set>

namespace utvei {
namespace {

template <class IdType, class T>
Column<IdType, T> rows_at(Column<IdType, T> const& column, std::span<PersonRow const> rows) {
  Column<IdType, T> result;
  if (column.empty()) return result;
  result.reserve(rows.size());
  for (PersonRow const row : rows) result.push_back(column[row]);
  return result;
}

/// What all sides have in common, or the widest of it.
struct EveryonesReach {
  std::set<TraitLevels> levels;
  std::set<StateId> starts;
  std::int64_t youngest{distant_future.minutes};  ///< age on joining
  std::int64_t oldest{0};                         ///< age at the end of the run
};

void add_side(RegionSide const& side, EveryonesReach& reach) {
  Population const& people = side.world.people;
  for (PersonRow const row : rows_of_side(side)) {
    reach.levels.insert(levels_of_person(people, row));
    reach.starts.insert(people.state[row]);
    if (people.birth.empty()) continue;
    Instant const joins = people.enters.empty() ? side.world.scenario.start : people.enters[row];
    reach.youngest = std::min(reach.youngest, (joins - people.birth[row]).minutes);
    reach.oldest = std::max(reach.oldest, (side.world.scenario.end - people.birth[row]).minutes);
  }
}

}  // namespace

TraitLevels levels_of_person(Population const& people, PersonRow row) {
  TraitLevels levels;
  for (auto const& trait : people.traits) levels.push_back(trait.empty() ? std::uint16_t{0} : trait[row]);
  return levels;
}

std::vector<PersonRow> rows_of_side(RegionSide const& side) {
  Population const& people = side.world.people;
  Regions const& regions = side.world.scenario.model.regions;
  std::vector<PersonRow> rows;
  for (PersonRow const row : ids_of(people.key))
    if (!side.region || regions.is_within(people.region[row], *side.region)) rows.push_back(row);
  return rows;
}

Population people_at(Population const& people, std::span<PersonRow const> rows, std::optional<RegionId> in) {
  Population result;
  result.key = rows_at(people.key, rows);
  result.state = rows_at(people.state, rows);
  result.birth = rows_at(people.birth, rows);
  result.region = rows_at(people.region, rows);
  if (in && !result.region.empty()) std::ranges::fill(result.region, *in);
  result.time_in_state = rows_at(people.time_in_state, rows);
  result.enters = rows_at(people.enters, rows);
  for (auto const& trait : people.traits) result.traits.push_back(rows_at(trait, rows));
  for (auto const& number : people.numbers) result.numbers.push_back(rows_at(number, rows));
  result.data_class = people.data_class;
  return result;
}

PeopleCells cells_of_side(RegionSide const& side, std::vector<PersonRow> const& rows, std::vector<int> const& ages) {
  Population const& people = side.world.people;
  Instant const start = side.world.scenario.start;
  PeopleCells cells;
  for (PersonRow const row : rows) {
    PeopleCell cell{levels_of_person(people, row)};
    Instant const joins = people.enters.empty() ? start : people.enters[row];
    if (joins >= side.world.scenario.end) continue;
    if (joins > start) cell.joins = 1 + (joins - start).minutes / minutes_per_year;
    if (!people.birth.empty()) {
      auto const age = static_cast<int>((joins - people.birth[row]).minutes / minutes_per_year);
      cell.age_group = static_cast<std::size_t>(std::ranges::upper_bound(ages, age) - ages.begin());
    }
    cells[std::move(cell)].push_back(row);
  }
  return cells;
}

Population people_everywhere(std::vector<RegionSide> const& sides, std::vector<RegionId> const& regions,
                             Scenario const& scenario) {
  EveryonesReach reach;
  for (RegionSide const& side : sides) add_side(side, reach);
  Population const& some = sides.front().world.people;
  Population result;
  result.traits.resize(some.traits.size());
  result.numbers.resize(some.numbers.size());
  auto const add = [&](RegionId region, TraitLevels const& levels, StateId state, Instant birth) {
    result.key.push_back(PersonKey{result.key.size()});
    result.state.push_back(state);
    if (!some.region.empty()) result.region.push_back(region);
    if (!some.birth.empty()) result.birth.push_back(birth);
    for (std::size_t t = 0; t < levels.size(); ++t)
      if (!some.traits[t].empty()) result.traits[t].push_back(levels[t]);
    for (std::size_t t = 0; t < some.numbers.size(); ++t)
      if (!some.numbers[t].empty()) result.numbers[t].push_back(0);
  };
  Instant const last{scenario.start.minutes - reach.youngest};
  Instant const first{scenario.end.minutes - reach.oldest};
  for (RegionId const region : regions) {
    for (TraitLevels const& levels : reach.levels) {
      add(region, levels, *reach.starts.begin(), last);
      add(region, levels, *reach.starts.begin(), first);
    }
  }
  for (StateId const state : reach.starts) add(regions.front(), *reach.levels.begin(), state, last);
  return result;
}

}  // namespace utvei
