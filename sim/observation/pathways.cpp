// SPDX-License-Identifier: Apache-2.0
#include <utvei/observation/pathways.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// The first moment of a piece, not before `since`, at which somebody is one of those who are asked for.
std::optional<Instant> moment_in(Subpopulation const& who, LifePath const& life, PathPiece const& piece,
                                 Instant since) {
  if (!who.states.empty() && !who.states[piece.state.value()]) return std::nullopt;
  auto const levels = life.levels_of(piece);
  for (std::size_t t = 0; t < who.traits.size(); ++t) {
    auto const& wanted = who.traits[t];
    if (!wanted.empty() && std::ranges::find(wanted, levels[t]) == wanted.end()) return std::nullopt;
  }
  Instant at = std::max(piece.from, since);
  if (who.age != everything) {
    if (who.age.from > everything.from) at = std::max(at, life.birth + Duration{who.age.from});
    if (!who.age.holds((at - life.birth).minutes)) return std::nullopt;
  }
  return at < piece.to ? std::optional{at} : std::nullopt;
}

std::optional<Instant> first_moment_in(Subpopulation const& who, LifePath const& life, Instant since) {
  for (PathPiece const& piece : life.pieces)
    if (piece.to > since)
      if (auto const at = moment_in(who, life, piece, since)) return at;
  return std::nullopt;
}

bool is_in(std::vector<bool> const& states, PathPiece const& piece) {
  return states[piece.state.value()];
}

/// The last piece, from `first` on, before the states are left.
std::size_t last_in(std::vector<bool> const& states, LifePath const& life, std::size_t first) {
  while (first + 1 < life.pieces.size() && is_in(states, life.pieces[first + 1])) ++first;
  return first;
}

std::optional<std::size_t> destination_of(Incidence const& incidence, LifePath const& life, std::size_t last) {
  if (last + 1 >= life.pieces.size()) return std::nullopt;
  auto const& to = incidence.to;
  auto const found =
      std::ranges::find_if(to, [&](auto const& each) { return is_in(each.states, life.pieces[last + 1]); });
  return static_cast<std::size_t>(found - to.begin());
}

/// Who is seen until `last` on a scale that ends at `until`.
RiskSpell spell_until(Incidence const& incidence, LifePath const& life, Instant origin, Instant from, std::size_t last,
                      Instant until) {
  RiskSpell spell{origin, from, life.pieces[last].to, destination_of(incidence, life, last)};
  if (spell.to > until) {
    spell.to = until;
    spell.destination.reset();
  }
  return spell;
}

std::vector<RiskSpell> spell_by_age(Incidence const& incidence, LifePath const& life) {
  Instant const from = std::max(life.pieces.front().from, life.birth + Duration{incidence.ages.from});
  Instant const until = life.birth + Duration{incidence.ages.to};
  std::size_t const first = life.piece_at(from);
  if (first == life.pieces.size() || from >= until || !is_in(incidence.in, life.pieces[first])) return {};
  return {spell_until(incidence, life, life.birth, from, last_in(incidence.in, life, first), until)};
}

}  // namespace

Duration Incidence::bin() const {
  return Duration{by_age ? minutes_per_year : minutes_per_month};
}

std::size_t Incidence::bins() const {
  std::int64_t const span = by_age ? ages.to - ages.from : within.minutes;
  return static_cast<std::size_t>((span + bin().minutes - 1) / bin().minutes);
}

std::vector<Instant> steps_taken(NamedPathway const& way, LifePath const& life, Instant run_end) {
  std::vector<Instant> taken;
  if (life.pieces.empty()) return taken;
  Instant since = life.pieces.front().from;
  for (NamedPathway::Step const& step : way.steps) {
    auto const at = first_moment_in(step.who, life, since);
    if (!at || (!taken.empty() && *at - taken.front() > way.within)) break;
    if (taken.empty() && *at + way.within > run_end) break;
    taken.push_back(*at);
    since = *at;
  }
  return taken;
}

std::vector<RiskSpell> risk_spells(Incidence const& incidence, LifePath const& life) {
  std::vector<RiskSpell> spells;
  if (life.pieces.empty()) return spells;
  if (incidence.by_age) return spell_by_age(incidence, life);
  for (std::size_t i = 1; i < life.pieces.size(); ++i) {
    PathPiece const& before = life.pieces[i - 1];
    if (!is_in(incidence.in, life.pieces[i]) || is_in(incidence.in, before)) continue;
    if (!incidence.after.empty() && !is_in(incidence.after, before)) continue;
    Instant const from = life.pieces[i].from;
    i = last_in(incidence.in, life, i);
    spells.push_back(spell_until(incidence, life, from, from, i, from + incidence.within));
    if (incidence.first_only) break;
  }
  return spells;
}

std::vector<Left> leavings(Leaving const& leaving, LifePath const& life) {
  std::vector<Left> all;
  bool is_on_the_way = false;  // was in the states, and has been in those on the way since
  for (std::size_t i = 0; i < life.pieces.size(); ++i) {
    PathPiece const& piece = life.pieces[i];
    if (is_in(leaving.states, piece)) {
      is_on_the_way = true;
      continue;
    }
    if (!is_on_the_way || (!leaving.through.empty() && is_in(leaving.through, piece))) continue;
    is_on_the_way = false;
    auto const found = std::ranges::find_if(leaving.kinds, [&](Leaving::Kind const& kind) {
      auto const at = moment_in(kind.who, life, piece, piece.from);
      return at && *at == piece.from;
    });
    all.push_back({i, static_cast<std::size_t>(found - leaving.kinds.begin())});
  }
  return all;
}

std::u16string sequence_of(SequenceRequest const& request, LifePath const& life,
                           std::vector<std::uint16_t> const& tokens) {
  std::u16string sequence;
  std::size_t first = 0;
  while (first < life.pieces.size() && !request.from.empty() && !is_in(request.from, life.pieces[first])) ++first;
  if (first == life.pieces.size()) return sequence;
  if (!request.every) {
    for (std::size_t i = first; i < life.pieces.size() && sequence.size() < request.length; ++i) {
      auto const token = static_cast<char16_t>(tokens[life.pieces[i].state.value()]);
      if (sequence.empty() || sequence.back() != token) sequence += token;
    }
    return sequence;
  }
  for (std::size_t mark = 0; mark < request.length; ++mark) {
    Instant const at = life.pieces[first].from + Duration{request.every->minutes * static_cast<std::int64_t>(mark)};
    std::size_t const piece = life.piece_at(at);
    if (piece == life.pieces.size()) return {};
    sequence += static_cast<char16_t>(tokens[life.pieces[piece].state.value()]);
  }
  return sequence;
}

}  // namespace utvei
