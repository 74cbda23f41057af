// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "life.hpp"
#include "tally_calendar.hpp"

#include <utvei/core/zero_memory.hpp>
#include <utvei/engine/person_group.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace utvei {

/// How the tallies of one breakdown lie in memory: [home][age group][state][year], where `home` runs over what stays
/// the same while somebody is in a state: region, traits, and the group last. `fixed` is both of home and age group.
struct TallyLayout {
  Breakdown breakdown;
  bool by_region{false};
  bool by_year{false};
  bool by_age{false};
  bool by_state{false};
  std::vector<std::pair<TraitId, std::size_t>> traits;  ///< with the number of levels
  std::size_t homes{1}, states{1}, years{1}, stocks{0}, passages{1};
  std::size_t regions{1}, ages{1};
  // Numbers that belong to one of `fixed`.
  [[nodiscard]] std::size_t times() const { return states * years; }
  [[nodiscard]] std::size_t stock_changes() const { return stocks > 0 ? states * (stocks + 1) : 0; }
  [[nodiscard]] std::size_t events() const { return passages * years; }
};

/// What every worker of a run shares about its tallies.
struct TallyDesign {
  TallyDesign(Scenario const& scenario, TallyCalendar calendar);
  TallyCalendar calendar;
  std::uint32_t groups;
  std::vector<std::int64_t> age_cuts;  ///< lower bounds of age groups after the first, in minutes
  std::vector<TallyLayout> layouts;
  /// Pairs of states that lead into each other, by whatever cause: transitions first, then what only rules do, then
  /// measures.
  std::vector<std::pair<StateId, StateId>> passages;
  std::vector<std::uint32_t> passage_of;  ///< by from × states + to
  std::size_t states;
  [[nodiscard]] std::uint32_t group_of(PersonKey person) const { return person_group(person, groups); }
};

/// The numbers of one breakdown. Time is kept as differences: who enters a cell at t subtracts the minutes of the year
/// that have gone and one year for the years before, who leaves adds them; so a stay of thirty years costs two
/// additions. All are integers: the order in which lives are added changes nothing. A country has millions of cells, of
/// which each worker writes those of its people's homes: the others take no memory.
struct TallySums {
  explicit TallySums(TallyLayout const& layout);
  struct Time {
    std::int64_t minutes{0};       ///< of the year in which somebody entered or left
    std::int64_t years_before{0};  ///< leavings minus entries: each stands for all earlier years
    friend Time operator+(Time const& a, Time const& b) {
      return {a.minutes + b.minutes, a.years_before + b.years_before};
    }
    friend Time operator*(std::int64_t sign, Time const& of) { return {sign * of.minutes, sign * of.years_before}; }
  };
  ZeroArray<Time> time;               ///< [fixed][state][year]
  ZeroArray<std::int64_t> stock;      ///< [fixed][state][stock date + 1], differences
  ZeroArray<std::int64_t> events;     ///< [fixed][passage][year]
  std::vector<std::uint8_t> is_used;  ///< by home: whether any of its numbers was written
  /// Takes over what the other one has.
  void add(TallyLayout const& layout, TallySums other);
};

/// The tallies of one worker.
class Tallies {
 public:
  explicit Tallies(TallyDesign const& design);

  /// The life begins.
  void begin(Life const& life);
  /// The life goes on in a stay that began then, and has been counted until now elsewhere.
  void go_on(Life const& life, Instant since);
  /// The life was in its state until the event; what services do ends no stay.
  void add_time(Life const& life, Event const& event) {
    if (event.cause == Cause::service) return;
    now_ = design_->calendar.locate(event.time);
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      if (positions_[i].by_age) {
        pass_birthdays(i, life, event.time);
      }
      cross(positions_[i], life.state, now_, -1);
    }
  }
  /// The event has happened, and the life is in its new state.
  void count(Event const& event, Life const& life) {
    if (event.cause >= Cause::end && event.cause != Cause::measure) {
      if (event.cause != Cause::end && event.cause != Cause::service) arrive(life);
      return;
    }
    std::uint32_t const passage = design_->passage_of[event.from.value() * design_->states + event.to.value()];
    if (life.is_changed) [[unlikely]] {
      for (Position const& position : positions_) count_passage(position, passage);
      arrive(life);
      return;
    }
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      Position& position = positions_[i];
      count_passage(position, passage);
      if (position.by_age) {
        turn_age(i, life);
      }
      cross(position, life.state, now_, 1);
    }
  }

  /// Takes over what another worker has.
  void add(Tallies other);
  /// Adds or takes away (sign −1) the numbers of states that another one has, and leaves them there.
  void carry(Tallies& other, std::int64_t sign);
  [[nodiscard]] std::vector<TallySums>& sums() { return sums_; }
  [[nodiscard]] std::vector<std::int64_t>& persons() { return persons_; }
  [[nodiscard]] std::vector<std::int64_t> const& persons() const { return persons_; }

 private:
  /// Where the life that is followed is tallied in one layout: what the hot path needs, side by side.
  struct Position {
    TallySums::Time* time{nullptr};
    std::int64_t* stock{nullptr};
    std::int64_t* events{nullptr};
    std::size_t state_stride{0}, stock_stride{0}, passage_stride{0};  ///< 0 where states are not told apart
    bool by_year{false}, by_age{false}, by_stock{false};
    std::size_t home{0};
    std::size_t age{0};
  };
  void count_passage(Position const& position, std::uint32_t passage) const {
    ++position.events[passage * position.passage_stride + (position.by_year ? now_.last_year : 0)];
  }
  void place(Life const& life);
  /// The life goes on where region and traits have brought it.
  void arrive(Life const& life);
  void point(std::size_t i);
  void turn_age(std::size_t i, Life const& life);
  void pass_birthdays(std::size_t i, Life const& life, Instant time);
  /// Somebody enters (sign 1) or leaves (−1) the state at a moment.
  static void cross(Position const& position, StateId state, Moment const& moment, std::int64_t sign) {
    if (position.by_year) {
      TallySums::Time& time = position.time[state.value() * position.state_stride + moment.year];
      time.minutes -= sign * moment.into_year;
      time.years_before -= sign;
    } else {
      position.time[state.value() * position.state_stride].minutes -= sign * moment.time.minutes;
    }
    if (position.by_stock) {
      position.stock[state.value() * position.stock_stride + moment.stocks] += sign;
    }
  }
  [[nodiscard]] std::size_t age_group(Life const& life, Instant time) const;

  TallyDesign const* design_;
  std::vector<TallySums> sums_;
  std::vector<std::int64_t> persons_;  ///< by group
  std::vector<Position> positions_;    ///< by layout, of the life that is followed
  std::uint32_t group_{0};
  Moment now_{};  ///< of the last event
};

}  // namespace utvei
