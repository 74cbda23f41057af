// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grid.hpp"

#include <utvei/scenario/plan.hpp>

#include <map>
#include <vector>

namespace utvei {

/// What people of each profile can reach during the run.
struct ProfileReach {
  Span age{everything};
};

/// What compile() knows of the whole while it works through the states.
struct CompileContext {
  Scenario const& scenario;
  Model const& model;
  std::vector<std::vector<Rate const*>> rates_of;  ///< by TransitionId
  std::vector<std::vector<Change const*>> changes_of;
  std::vector<double> rate_factors;     ///< by position in Rates::rates: 1, or of the parameter draw
  std::vector<double> change_factors;   ///< by position in Scenario::changes: hazard ratios of the draw
  std::vector<double> written_factors;  ///< likewise, without the errors of the draw
  Rates const& rates;
  std::uint32_t draw{0};  ///< which parameter draw, where there are any
  Profiles const& profiles;
  std::vector<ProfileReach> reach;  ///< by profile
  std::vector<bool> state_reached;
  Diagnostics& diagnostics;
};

/// The intensities of one state: axes, classes of people, and a number for each cell and exit.
void fill_intensities(CompileContext const& context, StateId state, StatePlan& plan);

/// The rules of one state, with the ways of each profile.
std::vector<Rule> rules_of(CompileContext const& context, StateId state);

}  // namespace utvei
