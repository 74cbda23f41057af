// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan_state.hpp"

#include <vector>

namespace utvei {

/// What rates, changes, rules and turns tell people apart by, and where each is asked for first.
struct Uses {
  bool region{false};
  bool age{false};
  std::vector<bool> traits;
  Place age_place, region_place;
  std::vector<Place> trait_places;
};
Uses find_uses(Scenario const& scenario, Rates const& rates);

/// Whether the population has what is used; says where it is used if not.
void check_population(Uses const& uses, Scenario const& scenario, Population const& people, Diagnostics& diagnostics);

/// The people of a run as the intensities see them.
struct PeopleSeen {
  Profiles profiles;
  std::vector<ProfileReach> reach;  ///< by profile
  std::vector<StateId> starts;
};
/// Profiles of the people, and of those whom moves and changes of traits may make of them.
PeopleSeen find_people(Uses const& uses, Scenario const& scenario, Population const& population);

}  // namespace utvei
