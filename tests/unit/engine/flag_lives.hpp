// SPDX-License-Identifier: Apache-2.0
// Lives with a trait that comes and goes, and clocks as sums over them: slow, and without what the engine knows.
#pragma once

#include "support/world.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace utvei::flags {

/// A time in which neither the state nor the level of the first trait changes.
struct Piece {
  std::uint16_t state;
  std::uint32_t level;
  std::int64_t from, to;
  std::optional<support::Why> end;  ///< none: the level changed
};
using FlagLife = std::vector<Piece>;

inline std::vector<FlagLife> lives_of(RunResult const& result) {
  auto const& table = result.life_courses.value();
  std::map<std::uint64_t, std::map<std::int64_t, std::uint32_t>> levels;
  for (std::size_t i = 0; i < table.people.person.size(); ++i)
    levels[table.people.person[i]][0] = table.people.traits.front().level[i];
  for (std::size_t i = 0; i < table.changes.person.size(); ++i)
    levels[table.changes.person[i]][table.changes.time[i]] = table.changes.value[i];
  std::vector<FlagLife> lives;
  for (auto const& [person, stays] : support::life_courses_of(result)) {
    auto const& own = levels[person];
    FlagLife life;
    for (support::Stay const& stay : stays) {
      std::int64_t from = stay.from;
      for (auto change = own.upper_bound(from); change != own.end() && change->first < stay.to; ++change) {
        life.push_back({stay.state, std::prev(change)->second, from, change->first, std::nullopt});
        from = change->first;
      }
      life.push_back({stay.state, std::prev(own.upper_bound(from))->second, from, stay.to, stay.end});
    }
    lives.push_back(std::move(life));
  }
  return lives;
}

/// Counts while the level is 1, in some states.
struct Clock {
  std::vector<bool> states;
  std::int64_t after;
  std::int64_t within;
  std::pair<std::vector<bool>, std::int64_t> renewal;  ///< no states: never
};

inline bool counts(Clock const& clock, Piece const& piece) {
  return piece.level == 1 && clock.states[piece.state];
}

/// When the clock was last at zero before a piece, by an unbroken time in which it was earned.
inline std::int64_t last_renewal(Clock const& clock, FlagLife const& life, std::size_t before) {
  std::int64_t at = 0;
  std::int64_t earned = 0;  // without a break, up to the piece
  for (std::size_t i = 0; i <= before; ++i) {
    bool const earns = !clock.renewal.first.empty() && clock.renewal.first[life[i].state] && !counts(clock, life[i]);
    if (!earns && earned > 0 && earned >= clock.renewal.second) at = life[i].from;
    earned = earns ? earned + life[i].to - life[i].from : 0;
  }
  return at;
}

/// The first minute after the beginning of a piece in which the clock has come to its limit; none if not at all within
/// it.
inline std::int64_t due_in(Clock const& clock, FlagLife const& life, std::size_t place) {
  constexpr auto never = std::numeric_limits<std::int64_t>::max();
  Piece const& piece = life[place];
  if (!counts(clock, piece)) return never;
  std::int64_t const renewed = last_renewal(clock, life, place);
  auto const sum = [&](std::int64_t now) {
    std::int64_t const edge = std::max(renewed, now - clock.within);
    std::int64_t used = 0;
    for (std::size_t i = 0; i <= place; ++i) {
      if (counts(clock, life[i]))
        used += std::max<std::int64_t>(0, std::min(life[i].to, now) - std::max(life[i].from, edge));
    }
    return used;
  };
  if (sum(piece.to) < clock.after) return never;
  std::int64_t low = piece.from;
  std::int64_t high = piece.to;  // the sum falls nowhere while the clock counts
  while (high - low > 1) {
    std::int64_t const middle = low + (high - low) / 2;
    (sum(middle) >= clock.after ? high : low) = middle;
  }
  return high;
}

}  // namespace utvei::flags
