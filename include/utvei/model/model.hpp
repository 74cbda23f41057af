// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/definitions.hpp>
#include <utvei/model/questions.hpp>
#include <utvei/model/regions.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Where people go who leave by a rule: shares of those who leave, by region and trait where `rows` has more than one
/// line; the most special row holds, as for rates.
struct DestinationShare {
  StateId to;
  double share{0};
  Place place;
};
struct Destinations {
  struct Row {
    std::optional<RegionId> region;                    ///< none: everywhere
    std::vector<std::optional<std::uint32_t>> traits;  ///< level by TraitId; none: any
    std::vector<DestinationShare> shares;              ///< of those who leave: sum to 1; empty if nobody does
    Place place;
    double stay{0};  ///< of a limit: the share of those who come to it that stays
  };
  std::vector<Row> rows;
};
/// The row that holds for people of this region (none: nowhere in particular) and these traits; nullptr if the rows
/// need to know more. read_model has checked that each region at the bottom of the tree and each level has exactly one.
Destinations::Row const* destinations_at(Destinations const& destinations, std::optional<RegionId> region,
                                         std::vector<std::optional<std::uint32_t>> const& traits,
                                         Regions const& regions);

/// A trait that takes a level when something happens.
struct TraitSetting {
  TraitId trait;
  std::uint32_t level{0};
  friend bool operator==(TraitSetting const&, TraitSetting const&) = default;
};

/// Clocks of a life. Clock 0 is time in state, which starts anew at each entry. Others are entitlements: they count the
/// time in some states, or with some levels of traits, and keep what they have counted at other times.
struct Clock {
  std::string name;
  std::vector<bool> counts_in{};  ///< by StateId; empty for time in state
  bool counts_in_any{false};      ///< no states were named: `counts_when` alone tells
  struct Condition {
    TraitId trait;
    std::vector<bool> levels;  ///< with which it counts
  };
  std::vector<Condition> counts_when{};  ///< of which all must hold
  std::optional<Duration> within{};      ///< only what was counted in so long a time before now is there
  struct Renewal {
    Duration after;            ///< so long without a break in these states, and the clock is at zero again
    std::vector<bool> states;  ///< by StateId
  };
  std::vector<Renewal> renewals{};
  Place place{};
};
inline constexpr ClockId time_in_state_clock{0};

/// A rule: who has `after` on the clock leaves the state, except the share that stays (drawn once per visit).
struct Limit {
  ClockId clock{time_in_state_clock};
  Duration after;
  bool estimated{false};  ///< `to: estimated`: the shares are those of the rate file, see settle_limits
  Destinations to;        ///< without rows as long as the shares are not known
  StreamId stream;        ///< of `limit:STATE`; the share that stays and the destination are drawn from it
  Place place;
  std::vector<TraitSetting> sets{};                                ///< of who leaves by it
  bool only_sets{false};                                           ///< nobody leaves: people stay, and take the levels
  Instant valid_from{distant_past}, valid_to{distant_future};      ///< when the rule is in force, half-open
  Instant entered_from{distant_past}, entered_to{distant_future};  ///< for whom: those who entered the state then
};

/// The share that stays, where it is the same for all; none: it is not, or not known yet.
std::optional<double> stay_of(Limit const& limit);
/// Whether anybody may stay; also where that is not known yet.
bool lets_stay(Limit const& limit);
/// `52 weeks`, or `248 paid days of sick_pay`.
std::string describe_limit(Limit const& limit, Column<ClockId, Clock> const& clocks);

/// Who reaches this age leaves the state.
struct AgeEnd {
  Duration age;  ///< where it is by year of birth: the highest
  Destinations to;
  StreamId stream;  ///< of `age:STATE`
  Place place;
  std::vector<TraitSetting> sets{};
  struct OfCohort {
    Instant born_from, born_to;  ///< half-open
    Duration age;
    Place place{};
  };
  std::vector<OfCohort> cohorts{};  ///< in ascending order, without holes; empty: the age is the same for all
  /// Of who is born then.
  [[nodiscard]] Duration age_of(Instant birth) const;
};

struct State {
  std::string name;
  std::string group;  ///< outside, work, education: of figures, of what is better, of who a trial has in work
  Labels label;
  bool absorbing{false};
  std::vector<Limit> limits;        ///< of the time in state, whenever: in ascending order of `after`
  std::vector<Limit> entitlements;  ///< of other clocks, at some dates only, or those that only set traits
  std::optional<AgeEnd> ends_at_age;
  std::vector<TraitSetting> sets;  ///< of whoever enters, where the way in does not say otherwise
  Place place;
};

struct Trait {
  std::string name;
  bool numeric{false};
  std::vector<std::string> levels;  ///< empty for a number
  Place place;
  bool is_hidden{false};  ///< of simulated people alone: no file has it, and no result tells of it
};

struct Transition {
  std::string name;  ///< `a -> b`
  StateId from;
  StateId to;
  StreamId stream;
  std::optional<double> rate_per_year;
  std::optional<std::string> table;  ///< path of a rate table, resolved
  Place place;
  Place table_place;
  std::vector<TraitSetting> sets;  ///< of who makes it
};

/// A change of a trait that time brings, whatever the state: at a rate, some time after the level was taken, or at an
/// age. One of the three is given.
struct TraitChange {
  std::string name;  ///< `family: couple -> children`
  TraitId trait;
  std::uint32_t from{0}, to{0};  ///< levels
  StreamId stream;
  std::optional<double> rate_per_year;
  std::optional<std::string> table;  ///< path of a rate table, resolved
  std::optional<Duration> after;     ///< since the level was taken
  std::optional<Duration> at_age;
  Place place;
  Place table_place;
};

/// A model file, checked: every id is valid, names are unique, streams do not collide.
struct Model {
  std::string path;
  std::string name;
  Column<StateId, State> states;
  Column<TransitionId, Transition> transitions;
  Column<TraitId, Trait> traits;
  std::vector<TraitChange> trait_changes;
  Column<ClockId, Clock> clocks;  ///< the first is time_in_state
  Regions regions;                ///< empty if the model names none
  std::vector<Definition> definitions;
  std::vector<Question> questions;
  std::optional<std::string> rate_file;  ///< resolved path of `rates:`
  Place rate_file_place;
  std::string data_class{"synthetic"};  ///< the strictest of its tables of shares
  std::vector<std::string> inputs;      ///< every file that was read, for provenance

  [[nodiscard]] std::optional<StateId> state(std::string_view wanted) const;
  [[nodiscard]] std::optional<TransitionId> transition(StateId from, StateId to) const;
  [[nodiscard]] std::optional<TransitionId> transition(std::string_view wanted) const;  ///< `a -> b`, blanks optional
  [[nodiscard]] std::optional<TraitId> trait(std::string_view wanted) const;
  [[nodiscard]] Definition const* definition(std::string_view wanted) const;  ///< nullptr: there is none
  [[nodiscard]] std::vector<std::string> state_names() const;
  [[nodiscard]] std::vector<std::string> transition_names() const;
  [[nodiscard]] std::vector<std::string> trait_names() const;
};

/// Reads `utvei: model/1` and the regions file it names; checks names, shares, durations and the pathway graph. Rate
/// tables are read by read_rates (rates.hpp). Whatever is wrong goes to the diagnostics.
Model read_model(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                 Diagnostics& diagnostics);

}  // namespace utvei
