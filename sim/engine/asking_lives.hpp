// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "allocation.hpp"
#include "desks.hpp"
#include "life.hpp"
#include "lives_of_part.hpp"

#include <utvei/core/parallel.hpp>
#include <utvei/engine/exchange.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace utvei {

/// Somebody has got an answer. The version of `who` is that of the life which goes on with it.
struct Answered {
  Waiter who;
  Answer what;
};

/// What a life that has got an answer says to a desk: that it asks for a place, from `asked` until `until`, or how long
/// it has one.
struct Message {
  bool asks{true};
  std::uint32_t desk{0};
  Waiter waiter;
};

/// The lives of those who ask for places: each is followed to its end, and anew with every answer that it gets. With
/// others, each member follows its own people, and all hear what all of them say.
class AskingLives {
 public:
  AskingLives(RunPlan const& plan, Desks const& desks, LivesOfPart const& lives, std::size_t threads,
              StopFlag const* stop, Exchange* others);

  /// What everybody asks for who never gets an answer, in the order of time, desk and person.
  std::vector<PlaceRequest> first_requests();
  /// Answers of one minute, to each person one: what each asks for that is not over, and the places that they have had
  /// or have, if they end in the run and not before.
  std::vector<Message> hear(std::span<Answered const> answered);
  Answers take_answers() { return std::move(answers_); }

 private:
  /// What one thread owns.
  struct Follower {
    explicit Follower(RunPlan const& of) : life{of} {}
    Life life;
    std::vector<PlaceRequest> requests;
    std::vector<Message> messages;
    std::vector<Life> kept;
  };
  Follower& follower(std::size_t thread);
  void hear(Answered const& answered, Follower& follower);
  std::vector<ServiceRecord> const& follow_anew(Answered const& answered, Follower& follower);

  RunPlan const& plan_;
  Desks const& desks_;
  LivesOfPart const& lives_;
  StopFlag const* stop_;
  Exchange* others_;
  std::vector<bool> is_own_;  ///< by row; empty: all are
  std::vector<std::unique_ptr<Follower>> followers_;
  Answers answers_;
  std::unordered_map<std::uint32_t, Life> saved_;  ///< by row: as it was at the last of several answers
};

}  // namespace utvei
