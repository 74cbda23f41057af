// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "life.hpp"

#include <utvei/observation/life_path.hpp>

namespace utvei {

/// Writes down the path of the life that is followed.
class PathRecorder {
 public:
  void begin(Life const& life) {
    path_.person = life.person;
    path_.birth = life.birth;
    path_.pieces.clear();
    path_.levels.clear();
    path_.traits = life.traits.size();
    open(life);
  }
  /// The event has happened, and the life is what it made of it.
  void add(Event const& event, Life const& life) {
    PathPiece& last = path_.pieces.back();
    last.to = event.time;
    last.ended_by = event.cause;
    if (event.cause == Cause::transition) last.transition = TransitionId{event.number};
    if (life.is_open()) open(life);
  }
  [[nodiscard]] LifePath const& path() const { return path_; }

 private:
  void open(Life const& life) {
    path_.pieces.push_back(
        {life.now, life.now, life.clock_started[time_in_state_clock.value()], life.state, life.region, life.profile});
    path_.levels.insert(path_.levels.end(), life.traits.begin(), life.traits.end());
  }
  LifePath path_;
};

}  // namespace utvei
