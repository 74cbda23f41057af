// SPDX-License-Identifier: Apache-2.0
#include "person_history.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace utvei {
namespace {

Duration finest_unit(Study const& study) {
  return {study.time.unit_minutes ? std::llround(*study.time.unit_minutes) : minutes_per_day};
}

/// The part of a row that counts: after birth, with some duration, without end in an absorbing state.
std::optional<HistorySpell> usable(SpellRow const& row, Instant birth, Study const& study, RegisterCounts& counts) {
  if (row.stop <= study.from || row.start >= study.to) {
    ++counts.outside_window;
  }
  if (study.ends_with_window && row.start > study.to) {
    return std::nullopt;
  }
  if (row.stop == row.start) {
    ++counts.zero_length;
    return std::nullopt;
  }
  if (row.stop <= birth) {
    ++counts.before_birth;
    return std::nullopt;
  }
  Instant const stop = study.model.states[row.state].absorbing ? distant_future : row.stop;
  return HistorySpell{row.state, std::max(row.start, birth), stop};
}

void add(HistorySpell spell, PersonHistory& history, RegisterCounts& counts) {
  if (!history.empty() && spell.start <= history.back().stop) {
    HistorySpell& last = history.back();
    if (spell.state == last.state) {
      last.stop = std::max(last.stop, spell.stop);
      ++counts.joined;
      return;
    }
    if (spell.stop <= last.stop) {
      ++counts.covered;
      return;
    }
    counts.cut += spell.start < last.stop ? 1 : 0;
    spell.start = last.stop;
  }
  history.push_back(spell);
}

/// Appends a spell that starts where the last one stops, or later.
void append(HistorySpell spell, PersonHistory& filled) {
  if (!filled.empty() && filled.back().stop == spell.start && filled.back().state == spell.state) {
    filled.back().stop = spell.stop;
  } else {
    filled.push_back(spell);
  }
}

/// Puts the spells of a source where those of the sources before it leave room.
PersonHistory put_beneath(PersonHistory const& above, PersonHistory const& below, RegisterCounts& counts) {
  PersonHistory pieces = above;
  std::size_t first = 0;
  for (HistorySpell const& spell : below) {
    std::size_t const pieces_before = pieces.size();
    Instant free = spell.start;
    while (first < above.size() && above[first].stop <= spell.start) {
      ++first;
    }
    std::size_t over = first;
    for (; over < above.size() && above[over].start < spell.stop; ++over) {
      if (above[over].start > free) {
        pieces.push_back({spell.state, free, above[over].start});
      }
      free = above[over].stop;
    }
    if (free < spell.stop) {
      pieces.push_back({spell.state, free, spell.stop});
    }
    counts.covered += pieces.size() == pieces_before ? 1 : 0;
    counts.cut += pieces.size() > pieces_before && over > first ? 1 : 0;
  }
  std::ranges::sort(pieces, {}, &HistorySpell::start);
  PersonHistory together;
  for (HistorySpell const& piece : pieces) {
    append(piece, together);
  }
  return together;
}

/// Spells of one state with no more than `bridge` of time that no row covers between them become one.
void bridge_gaps(PersonHistory& history, Duration bridge, RegisterCounts& counts) {
  std::size_t last = 0;
  for (std::size_t i = 1; i < history.size(); ++i) {
    if (history[i].state == history[last].state && history[i].start - history[last].stop <= bridge) {
      history[last].stop = history[i].stop;
      ++counts.bridged;
    } else {
      history[++last] = history[i];
    }
  }
  history.resize(std::min(history.size(), last + 1));
}

/// Whether an earlier row says the same. Rows are sorted by rank, then start.
bool is_duplicate(std::span<SpellRow const> rows, std::size_t row) {
  for (std::size_t i = row; i-- > 0 && rows[i].rank == rows[row].rank && rows[i].start == rows[row].start;) {
    if (rows[i].state == rows[row].state && rows[i].stop == rows[row].stop) {
      return true;
    }
  }
  return false;
}

/// Puts `otherwise` wherever no row says more. What a person did before the first row is not known, unless it was
/// birth.
PersonHistory fill_gaps(PersonHistory const& history, Instant birth, StateId otherwise, Study const& study) {
  PersonHistory filled;
  Instant covered = std::max(study.from, birth);
  bool entry_known = birth >= study.from;
  for (HistorySpell const& spell : history) {
    if (filled.empty() && spell.start <= covered) {
      covered = spell.start;
    }
    if (spell.start > covered && covered < study.to) {
      append({otherwise, covered, spell.start, entry_known}, filled);
    }
    append(spell, filled);
    covered = spell.stop;
    entry_known = true;
  }
  if (covered < study.to) {
    append({otherwise, covered, distant_future, entry_known}, filled);
  }
  return filled;
}

void count_past_limits(PersonHistory const& history, Study const& study, RegisterCounts& counts) {
  for (HistorySpell const& spell : history) {
    Instant const leave = std::min(spell.stop, study.to);
    if (leave <= study.from) {
      continue;
    }
    for (Limit const& limit : study.model.states[spell.state].limits) {
      // Registers hold whole days: a day over the limit is the limit.
      bool const past = limit.clock == time_in_state_clock && spell.entry_known &&
                        leave - spell.start > limit.after + Duration{minutes_per_day};
      counts.past_limit += past ? 1 : 0;
    }
  }
}

}  // namespace

PersonHistory make_history(std::span<SpellRow const> rows, Instant birth, Study const& study, RegisterCounts& counts) {
  PersonHistory history;
  PersonHistory of_rank;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (is_duplicate(rows, i)) {
      ++counts.duplicates;
    } else if (auto const spell = usable(rows[i], birth, study, counts)) {
      add(*spell, of_rank, counts);
    }
    if (i + 1 == rows.size() || rows[i + 1].rank != rows[i].rank) {
      history = history.empty() ? std::move(of_rank) : put_beneath(history, of_rank, counts);
      of_rank = {};
    }
  }
  if (study.bridge) {
    bridge_gaps(history, *study.bridge, counts);
  }
  if (study.otherwise) {
    std::size_t const before = history.size();
    history = fill_gaps(history, birth, *study.otherwise, study);
    counts.filled += static_cast<std::int64_t>(std::max(history.size(), before) - before);
  }
  count_past_limits(history, study, counts);
  return history;
}

void look_for_signs(std::span<SpellRow const> rows, Study const& study, IntervalSigns& signs) {
  Duration const unit = finest_unit(study);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].rank != rows[i - 1].rank) {
      continue;
    }
    Instant const stop = rows[i - 1].stop;
    Instant const start = rows[i].start;
    signs.touching += start == stop ? 1 : 0;
    signs.one_unit_apart += start == stop + unit ? 1 : 0;
    signs.one_unit_overlap += start + unit == stop ? 1 : 0;
  }
}

}  // namespace utvei
