// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/subpopulation.hpp>
#include <utvei/scenario/cost.hpp>
#include <utvei/scenario/need.hpp>
#include <utvei/scenario/trial.hpp>
#include <utvei/scenario/uncertain_ratio.hpp>
#include <utvei/scenario/waiting_time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What must have happened to somebody who qualifies: they left a state, or ended a measure, not longer ago.
struct HistoryCondition {
  std::vector<bool> left;              ///< by StateId; empty: it is about a measure
  std::optional<std::size_t> ended{};  ///< place of the measure among those of the scenario
  Duration within{unbounded};
};

/// Who qualifies: all of it must hold, when people are found and as long as they wait.
struct Eligibility {
  Subpopulation people;
  Span time_in_state{0, distant_future.minutes};
  std::vector<HistoryCondition> history;
};

/// Places at a time. Before the first step there are none.
struct PlacesFrom {
  Instant from;
  double places{0};  ///< or places per 1,000 residents
};
/// Places that the people of one region share; a region stands for all below it.
struct Pool {
  std::optional<RegionId> region{};  ///< none: everywhere
  bool per_1000{false};              ///< residents when the run starts
  std::vector<PlacesFrom> steps;     ///< in ascending order
  Place place{};
};

/// What several measures share: job specialists, mentors at employers. Who begins takes a part of it in their region,
/// and waits where there is none.
struct Resource {
  std::string name;
  Place place{};
  std::vector<Pool> pools;
  double caseload{1};  ///< people whom one of them can help at a time
};

/// Who comes first where places are few; among equals who asked first, and of one minute the lower key.
struct QueueRule {
  enum class Order { first_come, random, youngest, longest_out, by_trait };
  Order order{Order::first_come};
  TraitId trait{};                            ///< of by_trait
  std::vector<std::uint32_t> rank_of_level;   ///< likewise; those that are not named come last
  std::optional<WaitingTime> gives_up_after;  ///< since they asked
  std::optional<std::uint32_t> at_most;       ///< who finds so many waiting is turned away
  std::optional<Duration>
      allocate_every;           ///< places are handed out at these dates alone, counted from when people are taken in
  std::uint32_t group_size{1};  ///< and only if so many can begin together
};

/// What a measure does to some transitions of those who take part.
struct MeasureEffect {
  std::vector<TransitionId> transitions;
  UncertainRatio ratio;               ///< of a trial: not known before settle_trials (analysis)
  std::optional<Trial> trial{};       ///< where the ratio comes from
  std::vector<double> drawn{};        ///< by draw: ratios that a trial's arms give, each with its luck
  std::optional<Duration> half_life;  ///< of the log hazard ratio after the end; none: it ends with the measure
  std::optional<TraitId> by;          ///< a trait that decides how much of the log hazard ratio people get
  std::vector<double> share_of_level;
  bool is_assumed{false};  ///< no study behind it
  StreamId stream;         ///< for draws of the ratio
  Place place{};
};

/// While people are in the first part of a measure, they have less time for something else: in place of its effects.
struct LockIn {
  std::vector<TransitionId> transitions;
  UncertainRatio ratio;
  Duration lasts{unbounded};
  StreamId stream;
};

/// The shares of offers that people of single states, or of single levels of a trait, take.
struct UptakeBy {
  struct Share {
    double mean{1};
    std::optional<UncertainShare> drawn{};
    StreamId stream{};  ///< for parameter draws
  };
  std::optional<TraitId> trait;              ///< none: by state
  std::vector<std::optional<Share>> shares;  ///< by StateId or level; none: as others
};

/// A service that people are offered, wait for, take up and leave, and that changes some of their transitions.
struct Measure {
  std::string name;
  Labels label;
  Place place{};
  Span runs{everything};
  Span takes_in{everything};  ///< who has begun goes on after it
  Eligibility who;
  std::optional<WaitingTime> found_after;        ///< none: at once
  double uptake{1};                              ///< share of offers that are taken
  std::optional<UncertainShare> uptake_drawn{};  ///< how well it is known
  std::optional<UptakeBy> uptake_by{};           ///< who takes another share
  std::optional<Duration> again_after;      ///< who refused, gave up or ended is found anew; none: not before they have
                                            ///< ceased to qualify for a while
  std::optional<std::vector<Pool>> places;  ///< none: unlimited
  std::vector<std::size_t> uses;            ///< resources, by place among those of the scenario
  QueueRule queue;
  std::optional<WaitingTime> lasts;  ///< none: as long as people are in the states that qualify, or the measure runs
  bool ends_on_leaving{false};       ///< the states that qualify
  std::optional<StateId> state{};    ///< in which people are while they take part; none: it lies over the states
  std::vector<DestinationShare> then{};  ///< where they go from it in the end; none: to the state they came from
  std::optional<LockIn> locks_in;
  std::vector<MeasureEffect> effects;
  std::vector<std::size_t> not_with;  ///< who takes part in one of these does not qualify; places in the list
  std::vector<std::size_t> replaces;  ///< who begins leaves these
  std::vector<MeasureCost> costs;
  std::vector<UnpricedEffect> unpriced;
  std::optional<Need> need{};  ///< that it is help with: only who has it qualifies
  struct Evidence {
    std::string source;
    std::string confidence;  ///< H, M or L
  };
  std::optional<Evidence> evidence;
  struct Streams {
    StreamId found, uptake, patience, lasts, order;
    StreamId found_median, uptake_share, patience_median, lasts_median;  ///< for parameter draws
    StreamId then{};                                                     ///< where several states are
  } streams;
  /// When people are found, wait and begin.
  [[nodiscard]] Span intake() const { return {std::max(runs.from, takes_in.from), std::min(runs.to, takes_in.to)}; }
};

}  // namespace utvei
