// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grid.hpp"

#include <utvei/scenario/plan.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What people of each profile can reach during the run.
struct ProfileReach {
  Span age{everything};
};

/// Transitions, or turns: what gives exits their intensities. Exit::transition is a place in these lists.
struct Ways {
  struct Label {
    std::string name;
    Place place, table_place;
    bool has_table{false};
    std::optional<TraitSetting> only;  ///< who has another level is not at risk
  };
  std::vector<Label> labels;
  std::vector<std::vector<Rate const*>> rates_of;
  std::vector<std::vector<Change const*>> changes_of;
  std::string_view where;                   ///< people at risk are, in messages
  std::vector<Rate> const* drawn{nullptr};  ///< rates that a parameter draw multiplies
  std::vector<double> factors{};            ///< by place among those
  [[nodiscard]] double factor_of(Rate const& rate) const;
  [[nodiscard]] bool is_at_risk(TransitionId way, Profiles::Description const& who) const;
};

/// The part of time that people can spend where the ways begin.
struct Stay {
  bool is_reached{true};
  Span time{0, distant_future.minutes};         ///< in the state
  std::int64_t oldest{distant_future.minutes};  ///< age in minutes
};

/// What compile() knows of the whole while it works through the states.
struct CompileContext {
  Scenario const& scenario;
  Model const& model;
  std::vector<Change> changes;          ///< of the scenario and of calibrations
  std::vector<double> change_factors;   ///< by place among them: hazard ratios of the draw
  std::vector<double> written_factors;  ///< likewise, without the errors of the draw
  Rates const& rates;
  std::uint32_t draw{0};  ///< which parameter draw, where there are any
  Profiles const& profiles;
  std::vector<ProfileReach> reach;  ///< by profile
  std::vector<bool> state_reached;
  Diagnostics& diagnostics;
};

/// The intensities of one state, or of the turns: axes, classes of people, and a number for each cell and exit.
void fill_intensities(CompileContext const& context, Ways const& ways, Stay const& stay, StatePlan& plan);

/// Of one table: which of them somebody has passed is kept in the bits of a word.
inline constexpr std::size_t most_rules = 64;

/// The rules of one state, with the ways of each profile.
std::vector<Rule> rules_of(CompileContext const& context, StateId state);

/// The ways of the model's transitions in this draw.
Ways ways_of_transitions(CompileContext const& context);

/// Trait changes and moves; nullopt where there are none. Slots and rules are counted on.
std::optional<TurnPlan> plan_turns(CompileContext const& context, RunPlan const& plan, std::uint32_t& slots,
                                   std::uint32_t& rules);

/// The measures of the scenario in this draw; needs the exits of the states.
void plan_measures(CompileContext const& context, Population const& people, RunPlan& run);
/// The scores of the scenario in this draw.
std::vector<ScorePlan> plan_scores(CompileContext const& context);
/// Diagnoses age, region and traits that follow-ups and events ask for and people do not have.
void check_people_of_outcomes(Scenario const& scenario, Population const& people, Diagnostics& diagnostics);
/// Diagnoses age, region and traits that measures ask for and people do not have.
void check_people_of_measures(Scenario const& scenario, Population const& people, Diagnostics& diagnostics);

}  // namespace utvei
