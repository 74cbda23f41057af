// SPDX-License-Identifier: Apache-2.0
// The part of a participation that is about needs.
#include "life.hpp"
#include "participation.hpp"

#include <algorithm>

namespace utvei {

bool Participation::is_in_turn(Life const& life, std::uint32_t m) const {
  if (plan_->coordination->way == WayOfWorking::together) return true;
  for (std::uint32_t other = 0; other < standings_.size(); ++other) {
    if (other == m || !plan_->measures[other].what.need || !needs_.is_unmet(other)) continue;
    Stage const stage = standings_[other].stage;
    // What nobody helps with where the person lives holds nothing up.
    MeasurePlan const& help = plan_->measures[other];
    bool const is_nowhere = help.has_queue && help.desk_of(life.region) == no_desk;
    if (stage == Stage::waiting || stage == Stage::taking || (other < m && !is_nowhere)) return false;
  }
  return true;
}

bool Participation::step_referred(Life const& life, std::uint32_t m) {
  Standing& standing = standings_[m];
  if (!qualifies(life, m)) {
    standing.stage = Stage::away;
    return true;
  }
  if (standing.due == distant_future && is_in_turn(life, m)) standing.due = needs_.handed_over_at(life, m);
  if (life.now < standing.due) return false;
  // Another may have come first while it was handed over.
  if (!is_in_turn(life, m)) {
    standing.due = distant_future;
    return false;
  }
  go_for(life, m);
  return true;
}

void Participation::go_for(Life const& life, std::uint32_t m) {
  MeasurePlan const& measure = plan_->measures[m];
  if (measure.has_queue) {
    ask(life, m);
  } else if (measure.what.need && measure.what.need->wait) {
    wait_for(life, m, *measure.what.need->wait);
  } else {
    start(life, m);
  }
}

/// A place comes by itself.
void Participation::wait_for(Life const& life, std::uint32_t m, WaitingTime const& wait) {
  Standing& standing = standings_[m];
  record(life, m, ServiceRecord::Kind::asked);
  standing.stage = Stage::waiting;
  standing.since = life.now;
  standing.region = life.region;
  standing.due = distant_future;
  standing.answered =
      life.now + draw_time(wait, life.key, life.person, plan_->measures[m].what.need->wait_time, needs_.count(m));
  standing.is_offered = true;
}

}  // namespace utvei
