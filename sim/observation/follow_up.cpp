// SPDX-License-Identifier: Apache-2.0
#include <utvei/observation/follow_up.hpp>

#include <algorithm>

namespace utvei {
namespace {

using Since = FollowedFrom::Since;

bool is_one_of(Subpopulation const& who, LifePath const& life, Instant at, Regions const& regions) {
  std::size_t const place = life.piece_at(at);
  if (place == life.pieces.size()) return false;
  PathPiece const& piece = life.pieces[place];
  if (!who.states.empty() && !who.states[piece.state.value()]) return false;
  if (who.age != everything && !who.age.holds((at - life.birth).minutes)) return false;
  auto const levels = life.levels_of(piece);
  for (std::size_t t = 0; t < who.traits.size(); ++t) {
    auto const& wanted = who.traits[t];
    if (!wanted.empty() && std::ranges::find(wanted, levels[t]) == wanted.end()) return false;
  }
  auto const holds = [&](RegionId region) { return regions.is_within(piece.region, region); };
  return who.regions.empty() || std::ranges::any_of(who.regions, holds);
}

std::optional<Followed> first_time_in(std::vector<bool> const& states, LifePath const& life) {
  for (std::size_t i = 1; i < life.pieces.size(); ++i) {
    bool const was_there = states[life.pieces[i - 1].state.value()];
    if (states[life.pieces[i].state.value()] && !was_there) return Followed{life.pieces[i].from, std::nullopt};
  }
  return std::nullopt;
}

std::optional<Followed> begins(FollowedFrom const& from, LifePath const& life, Instant run_start) {
  Instant const joined = life.pieces.front().from;
  switch (from.since) {
    case Since::run:
      return joined == run_start ? std::optional{Followed{joined, std::nullopt}} : std::nullopt;
    case Since::joining:
      return joined > run_start ? std::optional{Followed{joined, std::nullopt}} : std::nullopt;
    case Since::contact:
      return life.contacts.empty() ? std::nullopt : std::optional{Followed{life.contacts.front(), std::nullopt}};
    case Since::measure: {
      auto const is_it = [&](ServiceStay const& stay) {
        return stay.kind == ServiceStay::Kind::taking_part && stay.measure == from.measure;
      };
      auto const stay = std::ranges::find_if(life.stays, is_it);
      if (stay == life.stays.end()) return std::nullopt;
      return Followed{stay->from, stay->has_ended ? std::optional{stay->to} : std::nullopt};
    }
    case Since::state:
      return first_time_in(from.states, life);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Followed> followed(FollowedFrom const& from, LifePath const& life, Instant run_start,
                                 Regions const& regions) {
  if (life.pieces.empty()) return std::nullopt;
  auto const since = begins(from, life, run_start);
  if (!since || !is_one_of(from.who, life, since->from, regions)) return std::nullopt;
  return since;
}

std::optional<Instant> time_of(Wave const& wave, Followed const& since, LifePath const& life, RunPlan const& plan) {
  if (wave.of_end && !since.end) return std::nullopt;
  Instant const at = (wave.of_end ? *since.end : since.from) + wave.after;
  std::size_t const place = life.piece_at(at);
  if (place == life.pieces.size() || plan.states[life.pieces[place].state].absorbing) return std::nullopt;
  return at;
}

EventOutcome observe_event(HistoryEvent const& event, LifePath const& life, Instant from, RunPlan const& plan) {
  using Kind = EventOutcome::Kind;
  EventOutcome const not_yet{Kind::not_yet, event.within};
  std::optional<Instant> there_since;
  for (std::size_t i = life.piece_at(from); i < life.pieces.size(); ++i) {
    PathPiece const& piece = life.pieces[i];
    Instant const begins = std::max(piece.from, from);
    if (begins - from > event.within) return not_yet;
    if (event.states[piece.state.value()]) {
      if (!there_since) there_since = begins;
      Instant const happens = *there_since + event.lasting;
      bool const is_over = happens < piece.to || (happens == piece.to && i + 1 == life.pieces.size());
      if (is_over && happens - from <= event.within) return {Kind::happened, happens - from};
      continue;
    }
    there_since.reset();
    if (plan.states[piece.state].absorbing) return {Kind::ended_otherwise, begins - from};
  }
  Duration const until = life.pieces.back().to - from;
  return until < event.within ? EventOutcome{Kind::not_followed, until} : not_yet;
}

}  // namespace utvei
