// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/scenario/measure_plan.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// One way out of a state. Exits stand in the order of their streams: the transition key that settles events of one
/// minute.
struct Exit {
  TransitionId transition;
  StateId to;
  StreamId stream;
};

/// Where the intensities of a state change along one clock. Band i is (cuts[i-1], cuts[i]]; the first and the last are
/// unbounded.
struct Axis {
  std::vector<std::int64_t> cuts;
  [[nodiscard]] std::uint32_t bands() const { return static_cast<std::uint32_t>(cuts.size()) + 1; }
  /// The band that holds the moments right after `at`; `hint` is where to look first.
  [[nodiscard]] std::uint32_t band_after(std::int64_t at, std::uint32_t hint = 0) const {
    auto const last = static_cast<std::uint32_t>(cuts.size());
    std::uint32_t band = hint < last ? hint : last;
    while (band > 0 && cuts[band - 1] > at) {
      --band;
    }
    while (band < last && cuts[band] <= at) {
      ++band;
    }
    return band;
  }
  /// The end of a band; far away for the last.
  [[nodiscard]] std::int64_t end_of(std::uint32_t band) const {
    return band < cuts.size() ? cuts[band] : distant_future.minutes;
  }
};

/// `move` and `trait` change where somebody lives and who they are, and `service` what they are offered and take part
/// in; they leave the state as it is. `measure` takes people to the state of a measure, and back. `setting` is a limit
/// that changes traits and leaves the state as it is.
enum class Cause : std::uint8_t { start, transition, limit, age, end, move, trait, service, measure, setting };
/// Whether life courses tell of it: where a life starts, changes state and ends.
[[nodiscard]] constexpr bool is_of_states(Cause cause) {
  return cause <= Cause::end || cause == Cause::measure;
}

/// A rule that ends a stay, or changes traits of who stays: a limit on a clock or an age.
struct Rule {
  Cause cause{Cause::limit};
  ClockId clock;             ///< of a limit
  Duration after;            ///< on the clock, or the age
  std::vector<double> stay;  ///< share that stays, by profile
  StreamId stream;           ///< even counts decide who stays, odd counts where the others go
  struct Way {
    double up_to{1};  ///< cumulative share
    StateId to;
  };
  std::vector<std::vector<Way>> ways;  ///< by profile
  std::uint32_t number{0};             ///< among all rules of the plan
  bool is_entitlement{false};          ///< the clock is one of RunPlan::clocks
  Instant valid_from{distant_past}, valid_to{distant_future};
  Instant entered_from{distant_past}, entered_to{distant_future};
  std::vector<TraitSetting> sets{};         ///< of a setting: who has these levels is not asked
  std::vector<AgeEnd::OfCohort> cohorts{};  ///< of an age: in place of `after`, by time of birth
  [[nodiscard]] Duration age_of(Instant birth) const {
    for (AgeEnd::OfCohort const& cohort : cohorts) {
      if (birth < cohort.born_to) return cohort.age;
    }
    return after;
  }
};

/// Everything about one state that the engine needs, dense.
struct StatePlan {
  bool absorbing{false};
  std::vector<Exit> exits;
  std::uint32_t exit_count{0};
  std::uint32_t first_slot{0};  ///< exit k of this state has slot first_slot + k in the luck of a life
  std::vector<Rule> rules;
  Axis calendar, age, time_in_state;
  std::vector<std::size_t>
      row_of_profile;  ///< where its class begins; profiles with the same intensities share a class
  /// Intensity in hazard units per minute, and its inverse, by [class][calendar][age][time in state][exit].
  std::vector<Hazard> intensity;
  std::vector<double> inverse;
  std::uint32_t cells_per_class{1};
  std::size_t capped_rates{0};     ///< intensities that a parameter draw put above one a minute
  bool has_constant_rates{false};  ///< one cell and no rules
  /// Minutes in which most people stay: for so long no integrated intensity overflows, and it pays to try the debit
  /// before looking for an event.
  std::int64_t short_span{0};

  std::size_t calendar_stride{0}, age_stride{0};  ///< between neighbouring bands; exit_count for time in state
};

/// The people that the intensities can tell apart: a region and levels of traits. Region and traits are state of a
/// life, so a life looks its profile up anew when one of them changes.
class Profiles {
 public:
  Profiles() = default;
  /// Regions and traits that matter; profiles are given out by add().
  Profiles(bool by_region, std::size_t regions, std::vector<std::pair<TraitId, std::uint32_t>> traits_and_levels);

  struct Description {
    std::optional<RegionId> region;
    std::vector<std::optional<std::uint32_t>> traits;  ///< by TraitId
  };
  /// The number of a profile; makes one where there was none.
  std::uint32_t add(RegionId region, std::vector<std::uint16_t> const& levels);
  [[nodiscard]] std::uint32_t find(RegionId region, std::vector<std::uint16_t> const& levels) const {
    return numbers_[slot(region, levels)];
  }
  [[nodiscard]] std::size_t size() const { return descriptions_.size(); }
  [[nodiscard]] Description const& operator[](std::uint32_t profile) const { return descriptions_[profile]; }

 private:
  [[nodiscard]] std::size_t slot(RegionId region, std::vector<std::uint16_t> const& levels) const;
  bool by_region_{false};
  std::vector<std::pair<TraitId, std::uint32_t>> traits_;
  std::vector<std::uint32_t> numbers_;
  std::vector<Description> descriptions_;
};

/// A change of region or of a trait that time brings, whatever the state.
struct Turn {
  Cause cause{Cause::move};  ///< or trait
  TraitId trait;             ///< of a trait: it takes the level
  std::uint32_t level{0};
};

/// The turns of a run. They are exits and rules of one table beside those of the states; Exit::transition, and the
/// place of a rule, say which turn.
struct TurnPlan {
  StatePlan table;
  std::vector<Turn> turns;
  std::vector<std::uint32_t> turn_of_rule;  ///< by place among the rules of the table
  std::vector<bool> at_risk;                ///< by StateId: whether people of the state make turns
  /// The clock of a trait that changes some time after a level was taken.
  struct TraitClock {
    TraitId trait;
    ClockId clock;
    struct Wait {
      std::uint32_t level{0};
      Duration after;
      StreamId stream;
    };
    std::vector<Wait> waits;
  };
  std::vector<TraitClock> clocks;
  struct Destination {
    double up_to{1};  ///< cumulative share
    RegionId region;
  };
  Column<RegionId, std::vector<Destination>> destinations;  ///< by the region that is left
  StreamId destination_stream;
  /// Whether some people come to live in another region.
  [[nodiscard]] bool move_people() const;
};

/// A scenario with its rates as dense tables and ids: no strings, no YAML. Immutable.
struct RunPlan {
  Instant start;
  Instant end;
  std::uint32_t draw{0};
  Column<StateId, StatePlan> states;
  Profiles profiles;
  std::size_t transition_count{0};
  std::size_t clock_count{1};
  std::size_t rule_count{0};
  std::vector<StreamId> slot_streams;  ///< the stream of each exit of each state, by slot
  std::optional<TurnPlan> turns;
  Column<ClockId, Clock> clocks;  ///< of the model; those after the first are entitlements
  std::vector<MeasurePlan> measures;
  std::optional<Coordination> coordination;  ///< of the draw
  std::vector<ScorePlan> scores;
  std::vector<PoolPlan> pools;   ///< places of measures and of resources
  std::vector<bool> is_outside;  ///< by StateId: whether the state is of the group `outside`
  /// Whether events of states have consequences beside the state: for traits, turns, entitlements or measures.
  bool has_consequences{false};
  Column<TransitionId, std::vector<TraitSetting>> set_by_transition;
  std::vector<std::vector<TraitSetting>> set_by_rule;       ///< by Rule::number
  Column<StateId, std::vector<TraitSetting>> set_by_entry;  ///< where the transition or the rule does not say otherwise
  std::size_t capped_rates{0};  ///< intensities of this draw that were above one a minute, and are one a minute
  /// Whom a limit had passed by then, and who is there still, was let stay: the limit does not ask again. Others who
  /// begin over a limit leave in the first minute.
  Instant spared_until{distant_past};
};

/// Resolves rates, changes, limits and ages into tables for the people of the population. In each cell that a person
/// can reach exactly one most special rate must hold: none is a gap, two that are not nested are a tie; both are
/// diagnosed, and so is a rate above one a minute; where only the errors of the draw put it there, it is one a minute,
/// and counted. `draw`: which parameter draw, when the scenario has draws; else the point estimates. The plan is usable
/// only if the diagnostics have no errors.
RunPlan compile(Scenario const& scenario, Rates const& rates, Population const& population, std::uint32_t draw,
                Diagnostics& diagnostics);

}  // namespace utvei
