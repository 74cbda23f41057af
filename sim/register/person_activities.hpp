// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "person_history.hpp"
#include "spell_rows.hpp"

#include <utvei/register/activities.hpp>

#include <span>
#include <vector>

namespace utvei {

/// What a person does from a moment on, until the next change.
struct ActivityChange {
  Instant from;
  ActivitySet active;
};

/// Lays a person's rows on top of each other, whatever their sources: an activity goes on as long as any row has it.
/// Sorted by time; two that follow each other differ. Rows are sorted by rank, then start.
std::vector<ActivityChange> make_activities(std::span<SpellRow const> rows, Instant birth, Study const& study,
                                            RegisterCounts& counts);

/// The states that follow: at each moment that of the first line of `states_when` that holds. Who enters an absorbing
/// state stays there. Gaps are bridged and filled as make_history does.
PersonHistory make_history(std::vector<ActivityChange> const& changes, Instant birth, Study const& study,
                           RegisterCounts& counts);

/// The trait of a flag: `no` from the beginning of time, `yes` while people have the activity.
Timeline<std::uint16_t> flag_in_time(Timeline<ActivitySet> const& activities, ActivityFlag const& flag);

}  // namespace utvei
