// SPDX-License-Identifier: Apache-2.0
// Rates of a side, and plans whose rates come from one side or the other.
#pragma once

#include "region_people.hpp"

#include <utvei/analysis/regions.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace utvei {

/// How many people of each trait combination live in which region of a side: what its rates are the mean of.
struct RegionWeights {
  std::vector<RegionId> regions;                         ///< in which people of the side live
  std::vector<double> of_all;                            ///< by place among those; sum to 1
  std::map<TraitLevels, std::vector<double>> of_levels;  ///< likewise; sum to 1
  /// Of people with levels that nobody of the side has, the weights of all.
  [[nodiscard]] std::vector<double> const& of(TraitLevels const& levels) const {
    auto const found = of_levels.find(levels);
    return found == of_levels.end() ? of_all : found->second;
  }
};
/// Of traits, those count that `profiles` tell apart.
RegionWeights weights_of_side(RegionSide const& side, std::vector<PersonRow> const& rows, Profiles const& profiles);
/// The levels of a profile; 0 of traits that profiles do not tell apart.
TraitLevels levels_of_profile(Profiles::Description const& who, std::size_t traits);

/// The plan of one side's scenario, and how it comes onto the calendar of the other.
struct SidePlan {
  RunPlan const& plan;
  RegionWeights const& weights;
  Duration later{};  ///< what is added to its moments
};

/// The axes on which the intensities of a state, or of the turns, stand.
struct TableAxes {
  Axis calendar, age, time_in_state;
  [[nodiscard]] std::size_t cells() const {
    return std::size_t{calendar.bands()} * age.bands() * time_in_state.bands();
  }
};

/// What rules of a state do with those of one profile who come to them.
struct RuleShares {
  double stay{0};
  std::vector<double> to;  ///< by StateId
  friend bool operator==(RuleShares const&, RuleShares const&) = default;
};

/// Of one state, or of the turns.
struct TableRates {
  std::vector<double> intensity;               ///< hazard units a minute, by [profile][cell][exit]
  std::vector<std::vector<RuleShares>> rules;  ///< by [rule][profile]
};

/// What both sides of a pair have in common: one region, in which people are put for the comparison.
class RegionTemplate {
 public:
  /// Throws InputError where the plans cannot be compared.
  RegionTemplate(SidePlan const& region, SidePlan const& reference, Model const& model);
  [[nodiscard]] RegionId slot() const { return slot_; }
  [[nodiscard]] RunPlan const& base() const { return base_; }
  [[nodiscard]] std::vector<TableAxes> const& axes() const { return axes_; }
  /// The mean rates of a side, by state; those of the turns last, if there are any.
  [[nodiscard]] std::vector<TableRates> rates_of(SidePlan const& side) const;

 private:
  RunPlan base_;  ///< with the profiles of the slot
  RegionId slot_;
  std::vector<TraitLevels> levels_;  ///< by profile
  std::vector<TableAxes> axes_;
};

/// Which rates are the reference's.
struct RateChoice {
  std::vector<bool> transitions;  ///< by TransitionId
  bool limits{false};
  bool trait_changes{false};
  std::vector<double> log_factors;  ///< by TransitionId: added to the log intensity
};
RunPlan mixed_plan(RegionTemplate const& shape, std::vector<TableRates> const& own,
                   std::vector<TableRates> const& others, RateChoice const& choice);

}  // namespace utvei
