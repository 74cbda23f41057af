// SPDX-License-Identifier: Apache-2.0
// How many people of a scenario go which way, and what becomes of them if nobody goes one of the ways.
// docs/methods/levers.md.
#pragma once

#include <utvei/analysis/levers.hpp>
#include <utvei/cohort/expected_occupation.hpp>
#include <utvei/core/column.hpp>

#include <optional>
#include <vector>

namespace utvei {

/// People of a run: all numbers hold the weight of the scenario.
struct PathwayFlows {
  std::vector<Passage> ways;   ///< each pair of states by each cause
  std::vector<double> people;  ///< who went that way in the run; by way
  Column<StateId, LeverAmount> states;
};

struct FlowReport {
  LeverMethod method{LeverMethod::equations};  ///< equations, or simulated lives
  std::string why_not_equations;
  double years{0};
  PathwayFlows flows;
};
FlowReport expected_flows(Scenario const& scenario, Rates const& rates, Population const& people,
                          LeverOptions const& options);

/// What becomes of people if nobody goes one of the ways.
struct WayRemoval {
  StateId from, to;
  FlowReport before;
  PathwayFlows after;
  Column<StateId, std::optional<LeverAmount>> mc_se;  ///< of the differences by state; none: there is no luck in them
  bool places_couple{false};                          ///< limited places: then no error of the luck is known
};
/// With the transition from the one state to the other at rate 0, and those whom limits led there let stay where they
/// are. Throws InputError where an age leads there, or nothing does.
WayRemoval remove_way(Scenario const& scenario, Rates const& rates, Population const& people, StateId from, StateId to,
                      LeverOptions const& options);

}  // namespace utvei
