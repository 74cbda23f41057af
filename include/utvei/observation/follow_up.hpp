// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/model/regions.hpp>
#include <utvei/observation/life_path.hpp>
#include <utvei/scenario/follow_up.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <optional>

namespace utvei {

/// When somebody begins to be followed, and when the measure ends since whose start that is.
struct Followed {
  Instant from;
  std::optional<Instant> end;  ///< none: it has not ended in the run, or it is not about a measure
};
/// Nothing: never, or not one of those who are asked for.
std::optional<Followed> followed(FollowedFrom const& from, LifePath const& life, Instant run_start,
                                 Regions const& regions);

/// When a wave is; nothing where the measure has not ended, or people are not in the run at that time or in a state for
/// good that nobody is asked in.
std::optional<Instant> time_of(Wave const& wave, Followed const& since, LifePath const& life, RunPlan const& plan);

/// What became of an event of a history.
struct EventOutcome {
  enum class Kind : std::uint8_t {
    happened,
    ended_otherwise,  ///< came to another state for good
    not_followed,     ///< the run ended, or they left it
    not_yet,          ///< it had not happened when they had been followed for as long as was asked
  };
  Kind kind{Kind::not_yet};
  Duration after;  ///< since people were followed
};
EventOutcome observe_event(HistoryEvent const& event, LifePath const& life, Instant from, RunPlan const& plan);

}  // namespace utvei
