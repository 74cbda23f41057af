// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "part_numbers.hpp"
#include "plan_differences.hpp"

#include <utvei/observation/life_path.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace utvei {

/// The lives of a baseline beside another run: which of them may part from it there, and what the baseline counts of
/// those from the stay on in which they do. Each thread has one of its own.
class PartingLives {
 public:
  PartingLives(PlanDifferences differences, Designs const& baseline)
      : differences_{std::move(differences)}, numbers_{baseline} {}

  /// A life begins.
  void begin(Life const& life) {
    differences_.begin();
    has_parted_ = false;
    stays_ = 0;
    since_ = life.now;
  }
  /// The life is as it is until the event.
  void add_time(Life const& life, Event const& event) {
    if (!has_parted_) {
      if (!differences_.are_met(life, event.time)) return;
      part(life);
    }
    numbers_.tallies.add_time(life, event);
  }
  /// The event has happened.
  void count(Event const& event, Life const& life) {
    if (has_parted_) {
      numbers_.tallies.count(event, life);
    } else if (event.cause != Cause::service) {
      ++stays_;
      since_ = event.time;
    }
  }
  [[nodiscard]] bool has_parted() const { return has_parted_; }
  /// When the stay began in which the life parts.
  [[nodiscard]] Instant since() const { return since_; }

  [[nodiscard]] PlanDifferences const& differences() const { return differences_; }
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

 private:
  void part(Life const& life) {
    has_parted_ = true;
    rows_.push_back(life.row);
    known_stays_.push_back(stays_);
    numbers_.tallies.go_on(life, since_);
  }

  PlanDifferences differences_;
  std::vector<PersonRow> rows_;
  std::vector<std::uint32_t> known_stays_;
  PartNumbers numbers_;
  // Of the life that is followed.
  bool has_parted_{false};
  std::uint32_t stays_{0};  ///< that are over
  Instant since_;           ///< when the present one began: what services do ends none
};

}  // namespace utvei
