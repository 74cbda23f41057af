// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "life.hpp"
#include "service_stays.hpp"

#include <utvei/observation/life_path.hpp>

#include <algorithm>

namespace utvei {

/// Writes down the path of the life that is followed.
class PathRecorder {
 public:
  void begin(Life const& life) {
    path_.row = life.row;
    path_.person = life.person;
    path_.birth = life.birth;
    path_.pieces.clear();
    path_.levels.assign(life.traits.begin(), life.traits.end());
    path_.traits = life.traits.size();
    open(life);
  }
  /// The event has happened, and the life is what it made of it.
  void add(Event const& event, Life const& life) {
    PathPiece& last = path_.pieces.back();
    last.to = event.time;
    last.ended_by = event.cause;
    if (event.cause == Cause::transition) last.transition = TransitionId{event.number};
    // Events are a minute apart; only a run may end as somebody joins it.
    if (last.to == last.from) path_.pieces.pop_back();
    if (!life.is_open()) {
      note_services(life, path_);
      return;
    }
    if (!std::equal(life.traits.begin(), life.traits.end(),
                    path_.levels.end() - static_cast<std::ptrdiff_t>(path_.traits)))
      path_.levels.insert(path_.levels.end(), life.traits.begin(), life.traits.end());
    open(life);
  }
  [[nodiscard]] LifePath const& path() const { return path_; }

 private:
  void open(Life const& life) {
    path_.pieces.push_back({.from = life.now,
                            .to = life.now,
                            .entered = life.clock_started[time_in_state_clock.value()],
                            .state = life.state,
                            .region = life.region,
                            .profile = life.profile,
                            .first_level = path_.levels.size() - path_.traits});
  }
  LifePath path_;
};

}  // namespace utvei
