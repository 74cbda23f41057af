// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/regions.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace utvei {

using TraitLevels = std::vector<std::uint16_t>;  ///< by TraitId

/// The levels of a person; 0 where the population says nothing.
TraitLevels levels_of_person(Population const& people, PersonRow row);

/// The rows of the people of a side, in their order.
std::vector<PersonRow> rows_of_side(RegionSide const& side);

/// These people, where they live; or all of them in one region. Their luck is theirs wherever they are put.
Population people_at(Population const& people, std::span<PersonRow const> rows, std::optional<RegionId> in = {});

/// People that a composition tells apart: traits, the age group in which they join, and the year of the run in which
/// they do (0: they are there from its start).
struct PeopleCell {
  TraitLevels levels;
  std::size_t age_group{0};
  std::int64_t joins{0};
  friend auto operator<=>(PeopleCell const&, PeopleCell const&) = default;
};
using PeopleCells = std::map<PeopleCell, std::vector<PersonRow>>;
/// `ages`: lower bounds of age groups in years.
PeopleCells cells_of_side(RegionSide const& side, std::vector<PersonRow> const& rows, std::vector<int> const& ages);

/// People whom a plan of these regions must tell apart: those traits in each region, of the least and the highest ages
/// of anybody, starting where somebody starts.
Population people_everywhere(std::vector<RegionSide> const& sides, std::vector<RegionId> const& regions,
                             Scenario const& scenario);

}  // namespace utvei
