// SPDX-License-Identifier: Apache-2.0
#include <utvei/observation/path_scores.hpp>

#include <algorithm>
#include <utility>

namespace utvei {

PathScores::PathScores(RunPlan const& plan, std::vector<RateOffset> const& offsets) : plan_{plan}, offsets_{offsets} {
  for (StatePlan const& state : plan.states) {
    std::vector<Use> uses;
    for (std::size_t k = 0; k < offsets.size(); ++k) {
      for (std::size_t e = 0; e < state.exits.size(); ++e) {
        if (std::ranges::find(offsets[k].transitions, state.exits[e].transition) != offsets[k].transitions.end())
          uses.push_back({k, e});
      }
    }
    uses_.push_back(std::move(uses));
  }
}

bool PathScores::is_for(RateOffset const& offset, std::uint32_t profile) const {
  return !offset.profiles || std::ranges::binary_search(*offset.profiles, profile);
}

void PathScores::add_time(LifePath const& life, PathPiece const& piece, Instant until, double* scores) const {
  auto const& uses = uses_[piece.state];
  if (uses.empty()) return;
  StatePlan const& state = plan_.states[piece.state];
  std::size_t const row = state.row_of_profile[piece.profile];
  Instant at = piece.from;
  while (at < until) {
    std::uint32_t const calendar = state.calendar.band_after(at.minutes);
    std::uint32_t const age = state.age.band_after((at - life.birth).minutes);
    std::uint32_t const time_in_state = state.time_in_state.band_after((at - piece.entered).minutes);
    std::int64_t end = std::min({until.minutes, state.calendar.end_of(calendar)});
    if (auto const last = state.age.end_of(age); last < distant_future.minutes)
      end = std::min(end, life.birth.minutes + last);
    if (auto const last = state.time_in_state.end_of(time_in_state); last < distant_future.minutes)
      end = std::min(end, piece.entered.minutes + last);
    Hazard const* const intensity = state.intensity.data() + row + calendar * state.calendar_stride +
                                    age * state.age_stride + time_in_state * state.exit_count;
    for (auto const& [k, exit] : uses) {
      RateOffset const& offset = offsets_[k];
      if (!is_for(offset, piece.profile)) continue;
      std::int64_t from = std::max(at.minutes, offset.calendar.from);
      std::int64_t to = std::min(end, offset.calendar.to);
      if (offset.age != everything) {
        from = std::max(from, life.birth.minutes + offset.age.from);
        to = std::min(to, life.birth.minutes + offset.age.to);
      }
      if (to > from) scores[k] -= static_cast<double>(intensity[exit]) * hazard_unit * static_cast<double>(to - from);
    }
    at = Instant{end};
  }
}

void PathScores::add_event(LifePath const& life, PathPiece const& piece, double* scores) const {
  if (piece.ended_by != Cause::transition) return;
  // An event at t belongs to the cell that holds the moment before t.
  std::int64_t const before = piece.to.minutes - 1;
  for (auto const& [k, exit] : uses_[piece.state]) {
    RateOffset const& offset = offsets_[k];
    if (plan_.states[piece.state].exits[exit].transition == piece.transition && is_for(offset, piece.profile) &&
        offset.calendar.holds(before) && offset.age.holds(before - life.birth.minutes))
      scores[k] += 1;
  }
}

void PathScores::write(LifePath const& life, std::vector<Instant> const& times, std::vector<double>& scores) const {
  std::size_t const count = offsets_.size();
  scores.assign(times.size() * count, 0);
  std::vector<double> sum(count, 0);
  std::size_t piece = 0;
  for (std::size_t t = 0; t < times.size(); ++t) {
    for (; piece < life.pieces.size() && life.pieces[piece].to <= times[t]; ++piece) {
      add_time(life, life.pieces[piece], life.pieces[piece].to, sum.data());
      add_event(life, life.pieces[piece], sum.data());
    }
    double* const now = scores.data() + t * count;
    std::ranges::copy(sum, now);
    if (piece < life.pieces.size()) add_time(life, life.pieces[piece], std::min(times[t], life.pieces[piece].to), now);
  }
}

}  // namespace utvei
