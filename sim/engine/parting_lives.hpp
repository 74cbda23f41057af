// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "part_numbers.hpp"
#include "plan_differences.hpp"

#include <utvei/observation/life_path.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace utvei {

/// The lives of a baseline that may part from it in another run, and what the baseline counts of them from the stay on
/// in which they do. Each thread has one of its own.
class PartingLives {
 public:
  PartingLives(PlanDifferences of, Designs const& baseline) : differences{std::move(of)}, numbers_{baseline} {}

  PlanDifferences differences;
  /// The life parts in a stay that began then, after so many others.
  void part(Life const& life, std::uint32_t stays, Instant since) {
    since_ = since;
    rows_.push_back(life.row);
    known_stays_.push_back(stays);
    numbers_.tallies.go_on(life, since);
  }
  /// Takes over what another thread has.
  void add(PartingLives other) {
    rows_.insert(rows_.end(), other.rows_.begin(), other.rows_.end());
    known_stays_.insert(known_stays_.end(), other.known_stays_.begin(), other.known_stays_.end());
    numbers_.add(std::move(other.numbers_));
  }
  [[nodiscard]] std::vector<PersonRow> const& rows() const { return rows_; }
  /// Of each of the rows: how many stays of the life are the baseline's before it may part.
  [[nodiscard]] std::vector<std::uint32_t> const& known_stays() const { return known_stays_; }
  [[nodiscard]] PartNumbers& numbers() { return numbers_; }
  /// Of the life that parted last: when the stay began in which it did.
  [[nodiscard]] Instant since() const { return since_; }

 private:
  std::vector<PersonRow> rows_;
  std::vector<std::uint32_t> known_stays_;
  PartNumbers numbers_;
  Instant since_;
};

/// What a thread that follows a baseline keeps of the runs beside it.
class PartingWatch {
 public:
  PartingWatch(RunPlan const& plan, std::span<PartingLives const> runs, Designs const& baseline)
      : is_watched_(plan.states.size()) {
    for (PartingLives const& run : runs) {
      runs_.emplace_back(run.differences, baseline);
      for (StateId const state : ids_of(plan.states))
        if (run.differences.may_be_met_in(state)) is_watched_[state.value()] = 1;
    }
    has_parted_.resize(runs_.size());
  }

  void begin(Life const& life) {
    for (PartingLives& run : runs_) run.differences.begin();
    std::ranges::fill(has_parted_, std::uint8_t{0});
    have_parted_ = false;
    stays_ = 0;
    since_ = life.now;
  }
  /// The life is as it is until the event.
  void add_time(Life const& life, Event const& event) {
    if (have_parted_ || is_watched_[life.state.value()] != 0) look(life, event);
  }
  /// The event has happened.
  void count(Event const& event, Life const& life) {
    if (event.cause == Cause::service) return;
    ++stays_;
    since_ = event.time;
    if (have_parted_) for_each_parted([&](PartingLives& run) { run.numbers().tallies.count(event, life); });
  }
  /// Calls `use` with each run in which the life has parted.
  template <class Use>
  void for_each_parted(Use const& use) {
    for (std::size_t i = 0; i < runs_.size(); ++i)
      if (has_parted_[i] != 0) use(runs_[i]);
  }
  /// What those runs have of definitions, and since when.
  [[nodiscard]] std::span<DefinitionTallies::Other const> parted_definitions() {
    definitions_.clear();
    for_each_parted([&](PartingLives& run) { definitions_.push_back({&run.numbers().defined, run.since()}); });
    return definitions_;
  }
  [[nodiscard]] std::vector<PartingLives>& runs() { return runs_; }

 private:
  void look(Life const& life, Event const& event) {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      PartingLives& run = runs_[i];
      if (has_parted_[i] == 0) {
        if (!run.differences.come_up(life, event.time)) continue;
        run.part(life, stays_, since_);
        has_parted_[i] = 1;
        have_parted_ = true;
      }
      run.numbers().tallies.add_time(life, event);
    }
  }

  std::vector<PartingLives> runs_;
  std::vector<std::uint8_t> is_watched_;  ///< by StateId: by some run
  std::vector<DefinitionTallies::Other> definitions_;
  // Of the life that is followed.
  std::vector<std::uint8_t> has_parted_;  ///< by run
  bool have_parted_{false};               ///< in some run
  std::uint32_t stays_{0};                ///< that are over: what services do ends none
  Instant since_;                         ///< when the present one began
};

}  // namespace utvei
