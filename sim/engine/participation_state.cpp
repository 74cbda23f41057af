// SPDX-License-Identifier: Apache-2.0
// The part of a participation that changes the state of the life: measures that are states themselves.
#include "life.hpp"
#include "participation.hpp"

#include <algorithm>

namespace utvei {

void Participation::enter_state(Life const& life, std::uint32_t m) {
  StateId origin = life.state;
  for (std::uint32_t other = 0; other < standings_.size(); ++other) {
    auto const& state = plan_->measures[other].what.state;
    if (other == m || !state || standings_[other].stage != Stage::taking) continue;
    // Who goes from one to the next goes back to where they were before the first.
    origin = standings_[other].came_from;
    end(life, other, ServiceRecord::Kind::left);
  }
  standings_[m].came_from = origin;
  move_ = Move{*plan_->measures[m].what.state, m};
}

void Participation::leave_state(Life const& life, std::uint32_t m) {
  Measure const& measure = plan_->measures[m].what;
  if (life.state != *measure.state) return;
  StateId to = measure.then.empty() ? standings_[m].came_from : measure.then.back().to;
  if (measure.then.size() > 1) {
    double rest = uniform(life.key, life.person, measure.streams.then, standings_[m].starts);
    for (DestinationShare const& way : measure.then) {
      if (rest < way.share) {
        to = way.to;
        break;
      }
      rest -= way.share;
    }
  }
  if (to != life.state) move_ = Move{to, m};
}

bool Participation::has_gone(Life const& life, std::uint32_t m) const {
  MeasurePlan const& measure = plan_->measures[m];
  if (measure.what.state) return life.state != *measure.what.state;
  return !measure.states[life.state.value()] && (measure.what.ends_on_leaving || plan_->states[life.state].absorbing);
}

Instant Participation::earliest_find(Life const& life, std::uint32_t m) const {
  Standing const& standing = standings_[m];
  // Nobody begins twice in a minute, whatever replaces what.
  bool const has_begun = standing.starts > 0 && standing.since == life.now;
  // Nor does anybody change state twice in a minute because a measure is at hand.
  bool const has_come = plan_->measures[m].what.state && stays_.back().from == life.now;
  return has_begun || has_come ? life.now + Duration{1} : distant_past;
}

bool Participation::is_answered_first(std::uint32_t m) const {
  if (!has_states_ || !plan_->measures[m].has_queue) return true;
  for (std::uint32_t other = 0; other < standings_.size(); ++other) {
    Standing const& standing = standings_[other];
    bool const is_answered = standing.stage == Stage::waiting && plan_->measures[other].has_queue &&
                             standing.answered == standings_[m].answered;
    if (is_answered && standing.next_answer < standings_[m].next_answer) return false;
  }
  return true;
}

}  // namespace utvei
