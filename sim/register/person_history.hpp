// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spell_rows.hpp"

#include <utvei/register/life_courses.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// A state that one person holds on [start, stop).
struct HistorySpell {
  StateId state;
  Instant start;
  Instant stop;
  bool entry_known{true};  ///< no: `start` is when observation began
};
/// Sorted, without overlaps; touching spells differ in state. Not cut to the window.
using PersonHistory = std::vector<HistorySpell>;

/// Makes one history out of a person's rows, which are sorted by rank, then start. Where rows of one rank overlap the
/// earlier start wins (the earlier row of the file, if they start together); where rows of two ranks do, the lower
/// rank. What loses is cut, into several pieces if need be, or dropped if nothing of it is left. Who enters an
/// absorbing state stays there. Gaps are bridged, and time that no row covers is `otherwise`, where the study says so.
PersonHistory make_history(std::span<SpellRow const> rows, Instant birth, Study const& study, RegisterCounts& counts);

// What states that are in the rows and states that follow from activities have in common.

/// Whether a row says something of its own, after birth and of some duration; counts those that do not. Rows are sorted
/// by rank, then start.
bool is_of_use(std::span<SpellRow const> rows, std::size_t row, Instant birth, Study const& study,
               RegisterCounts& counts);
/// Appends a spell that starts where the last one stops, or later; one of the same state that touches it goes on.
void append_spell(HistorySpell const& spell, PersonHistory& history);
/// Bridges gaps, fills what is left of them with `otherwise`, and counts spells past a limit.
void finish_history(PersonHistory& history, Instant birth, Study const& study, RegisterCounts& counts);

/// Signs that the rows have the other kind of intervals than the study says.
struct IntervalSigns {
  std::int64_t touching{0};
  std::int64_t one_unit_apart{0};
  std::int64_t one_unit_overlap{0};
};
void look_for_signs(std::span<SpellRow const> rows, Study const& study, IntervalSigns& signs);

}  // namespace utvei
