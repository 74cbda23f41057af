// SPDX-License-Identifier: Apache-2.0
#include "participation.hpp"

#include "life.hpp"

#include <algorithm>

namespace utvei {

namespace {

using Kind = ServiceRecord::Kind;

Instant since_entry(Life const& life) {
  return life.clock_started[time_in_state_clock.value()];
}

bool holds_levels(Subpopulation const& people, std::vector<std::uint16_t> const& levels) {
  for (std::size_t t = 0; t < people.traits.size(); ++t) {
    auto const& wanted = people.traits[t];
    if (!wanted.empty() && std::ranges::find(wanted, levels[t]) == wanted.end()) return false;
  }
  return true;
}

double uptake_of(Measure const& measure, Life const& life) {
  if (!measure.uptake_by) return measure.uptake;
  auto const& [trait, shares] = *measure.uptake_by;
  auto const& share = shares[trait ? life.traits[trait->value()] : life.state.value()];
  return share ? share->mean : measure.uptake;
}

}  // namespace

Span moments_of(Span span, Instant zero) {
  auto const at = [&](std::int64_t minutes) {
    bool const is_bound = minutes > distant_past.minutes && minutes < distant_future.minutes;
    return is_bound ? zero.minutes + minutes : minutes;
  };
  return {at(span.from), at(span.to)};
}

std::size_t next_of_measure(std::vector<ServiceRecord> const& records, std::size_t place) {
  std::size_t next = place + 1;
  while (next < records.size() && records[next].measure != records[place].measure) ++next;
  return next;
}

Participation::Participation(RunPlan const& plan)
    : plan_{&plan},
      needs_{plan},
      standings_(plan.measures.size()),
      has_states_{std::ranges::any_of(plan.measures, [](MeasurePlan const& m) { return m.what.state.has_value(); })} {}

void Participation::begin(Life const& life, std::span<Answer const> answers) {
  if (standings_.empty()) return;
  answers_ = answers;
  std::ranges::fill(standings_, Standing{});
  records_.clear();
  move_.reset();
  stays_.assign(1, {life.now, life.state});
  levels_at_starts_.clear();
  traits_ = life.traits.size();
  left_at_.assign(plan_->states.size(), distant_past);
  outside_since_ = plan_->is_outside[life.state.value()] ? since_entry(life) : life.now;
  needs_.begin(life);
  settle(life);
}

void Participation::take(Life const& life) {
  settle(life);
}

void Participation::change(Life const& life, StateId left) {
  if (standings_.empty()) return;
  move_.reset();
  if (left != life.state) {
    left_at_[left.value()] = life.now;
    stays_.push_back({life.now, life.state});
    bool const is_new = plan_->is_outside[life.state.value()] && !plan_->is_outside[left.value()];
    if (is_new) outside_since_ = life.now;
    needs_.change(life);
  }
  settle(life);
}

/// What one measure does may let another do something: until all have come to rest, or the state is about to change.
void Participation::settle(Life const& life) {
  bool moves = true;
  while (moves && !move_) {
    moves = false;
    for (std::uint32_t m = 0; m < standings_.size() && !move_; ++m) moves = step(life, m) || moves;
  }
  due_ = distant_future;
  acts_ = move_.has_value();
  factors_.assign(plan_->states[life.state].exit_count, 1);
  for (std::uint32_t m = 0; m < standings_.size(); ++m) {
    due_ = std::min({due_, next_boundary(life, m), apply_effects(life, m)});
    if (needs_.is_unmet(m)) multiply(life, plan_->measures[m], plan_->measures[m].unmet_of[life.state], 0);
  }
}

bool Participation::step(Life const& life, std::uint32_t m) {
  Standing& standing = standings_[m];
  switch (standing.stage) {
    case Stage::away:
      if (life.now < standing.not_before || !qualifies(life, m)) return false;
      seek(life, m);
      return true;
    case Stage::sought:
      return step_sought(life, m);
    case Stage::referred:
      return step_referred(life, m);
    case Stage::waiting:
      return step_waiting(life, m);
    case Stage::taking:
      return step_taking(life, m);
    case Stage::done:
      if (!qualifies(life, m)) {
        standing.stage = Stage::away;
        return true;
      }
      if (!plan_->measures[m].what.again_after || life.now < standing.not_before) return false;
      seek(life, m);
      return true;
  }
  return false;
}

void Participation::seek(Life const& life, std::uint32_t m) {
  MeasurePlan const& measure = plan_->measures[m];
  Standing& standing = standings_[m];
  standing.stage = Stage::sought;
  standing.due = life.now;
  if (measure.what.need) {
    needs_.try_again(m);
    standing.due = needs_.found_at(life, m);
  } else if (auto const& time = measure.what.found_after) {
    standing.due = life.now + draw_time(*time, life.key, life.person, measure.what.streams.found, standing.searches++);
  }
}

bool Participation::step_sought(Life const& life, std::uint32_t m) {
  MeasurePlan const& measure = plan_->measures[m];
  Standing& standing = standings_[m];
  if (!qualifies(life, m)) {
    standing.stage = Stage::away;
    return true;
  }
  standing.due = std::max(standing.due, earliest_find(life, m));
  if (life.now < standing.due) return false;
  record(life, m, Kind::found);
  double const uptake = uptake_of(measure.what, life);
  std::uint32_t const offer = standing.offers++;
  if (uptake < 1 && uniform(life.key, life.person, measure.what.streams.uptake, offer) >= uptake) {
    record(life, m, Kind::refused);
    finish_episode(life, m);
    return true;
  }
  if (measure.what.need) {
    needs_.find(m);
    standing.stage = Stage::referred;
    standing.due = distant_future;
    return true;
  }
  go_for(life, m);
  return true;
}

std::int64_t Participation::rank_of(Life const& life, std::uint32_t m) const {
  QueueRule const& queue = plan_->measures[m].what.queue;
  switch (queue.order) {
    case QueueRule::Order::first_come:
      return 0;
    case QueueRule::Order::random: {
      StreamId const stream = plan_->measures[m].what.streams.order;
      return static_cast<std::int64_t>(uniform(life.key, life.person, stream, standings_[m].asks) * 0x1p53);
    }
    case QueueRule::Order::youngest:
      return -life.birth.minutes;
    case QueueRule::Order::longest_out:
      return plan_->is_outside[life.state.value()] ? outside_since_.minutes : life.now.minutes;
    case QueueRule::Order::by_trait:
      return queue.rank_of_level[life.traits[queue.trait.value()]];
  }
  return 0;
}

void Participation::ask(Life const& life, std::uint32_t m) {
  MeasurePlan const& measure = plan_->measures[m];
  Standing& standing = standings_[m];
  record(life, m, Kind::asked, rank_of(life, m));
  standing.stage = Stage::waiting;
  standing.since = life.now;
  standing.region = life.region;
  standing.due = distant_future;
  if (auto const& patience = measure.what.queue.gives_up_after) {
    standing.due = life.now + draw_time(*patience, life.key, life.person, measure.what.streams.patience, standing.asks);
  }
  ++standing.asks;
  look_for_answer(m);
}

/// Answers come in the order of requests: the first that is not earlier than the request is its own.
void Participation::look_for_answer(std::uint32_t m) {
  Standing& standing = standings_[m];
  auto& next = standing.next_answer;
  while (next < answers_.size() && (answers_[next].measure != m || answers_[next].time < standing.since)) ++next;
  bool const is_there = next < answers_.size();
  standing.answered = is_there ? answers_[next].time : distant_future;
  standing.is_offered = is_there && answers_[next].is_place;
}

void Participation::hear(Life const& life, std::span<Answer const> answers) {
  answers_ = answers;
  for (std::uint32_t m = 0; m < standings_.size(); ++m)
    if (standings_[m].stage == Stage::waiting && plan_->measures[m].has_queue) look_for_answer(m);
  settle(life);
}

bool Participation::step_waiting(Life const& life, std::uint32_t m) {
  Standing& standing = standings_[m];
  MeasurePlan const& measure = plan_->measures[m];
  bool const lives_elsewhere = measure.desk_of(life.region) != measure.desk_of(standing.region);
  if (lives_elsewhere || !qualifies(life, m)) {
    record(life, m, Kind::dropped);
    standing.stage = Stage::away;
    return true;
  }
  if (life.now >= standing.due) {
    record(life, m, Kind::gave_up);
    finish_episode(life, m);
    return true;
  }
  if (life.now < standing.answered || !is_answered_first(m)) return false;
  if (standing.is_offered) {
    start(life, m);
  } else {
    record(life, m, Kind::turned_away);
    finish_episode(life, m);
  }
  return true;
}

void Participation::start(Life const& life, std::uint32_t m) {
  MeasurePlan const& measure = plan_->measures[m];
  Standing& standing = standings_[m];
  record(life, m, Kind::started);
  standing.stage = Stage::taking;
  standing.since = life.now;
  standing.region = life.region;
  standing.due = distant_future;
  if (auto const& lasts = measure.what.lasts) {
    std::uint32_t const count = measure.what.need ? needs_.count(m) : standing.starts;
    standing.due = life.now + draw_time(*lasts, life.key, life.person, measure.what.streams.lasts, count);
  }
  ++standing.starts;
  if (measure.what.state) enter_state(life, m);
  for (std::size_t const other : measure.what.replaces) {
    auto const o = static_cast<std::uint32_t>(other);
    if (standings_[o].stage == Stage::taking) end(life, o, Kind::left);
  }
}

bool Participation::step_taking(Life const& life, std::uint32_t m) {
  Standing const& standing = standings_[m];
  MeasurePlan const& measure = plan_->measures[m];
  if (life.now >= standing.due) {
    end(life, m, Kind::completed);
    return true;
  }
  bool const has_moved =
      life.region != standing.region && ((!measure.regions.empty() && !measure.regions[life.region.value()]) ||
                                         measure.desk_of(life.region) != measure.desk_of(standing.region));
  if (has_moved || has_gone(life, m)) {
    end(life, m, Kind::left);
  } else if (life.now.minutes >= measure.what.runs.to) {
    // Where nothing else ends it, the last day is when their time is over.
    bool const is_until_then = !measure.what.lasts && !measure.what.ends_on_leaving;
    end(life, m, is_until_then ? Kind::completed : Kind::closed);
  } else {
    return false;
  }
  // Who has moved may be found where they live now.
  if (has_moved) standings_[m].stage = Stage::away;
  return true;
}

void Participation::end(Life const& life, std::uint32_t m, ServiceRecord::Kind how) {
  record(life, m, how);
  standings_[m].ended = life.now;
  if (how == Kind::completed && plan_->measures[m].what.need) needs_.meet(m);
  if (plan_->measures[m].what.state) leave_state(life, m);
  finish_episode(life, m);
}

/// Nobody is sought twice for one thing, unless the measure says so.
void Participation::finish_episode(Life const& life, std::uint32_t m) {
  Standing& standing = standings_[m];
  auto const& again = plan_->measures[m].what.again_after;
  standing.stage = Stage::done;
  standing.due = distant_future;
  if (again) standing.not_before = life.now + *again;
}

void Participation::record(Life const& life, std::uint32_t m, ServiceRecord::Kind kind, std::int64_t rank) {
  Stage const stage = standings_[m].stage;
  bool const is_inside = stage == Stage::taking || stage == Stage::waiting;
  records_.push_back({kind, m, life.now, is_inside ? standings_[m].region : life.region, life.state, rank});
  if (kind == Kind::started) levels_at_starts_.insert(levels_at_starts_.end(), life.traits.begin(), life.traits.end());
}

bool Participation::fits(Life const& life, std::uint32_t m) const {
  MeasurePlan const& measure = plan_->measures[m];
  if (!measure.states[life.state.value()]) return false;
  if (!measure.regions.empty() && !measure.regions[life.region.value()]) return false;
  if (measure.has_queue && measure.desk_of(life.region) == no_desk) return false;
  if (!holds_levels(measure.what.who.people, life.traits)) return false;
  if (measure.what.need && !needs_.is_unmet(m)) return false;
  bool const is_next = measure.what.need && plan_->coordination->way == WayOfWorking::one_after_another;
  if (is_next && standings_[m].stage <= Stage::sought && !is_in_turn(life, m)) return false;
  auto const takes_part = [&](std::size_t other) { return standings_[other].stage == Stage::taking; };
  return std::ranges::none_of(measure.not_with, takes_part);
}

Instant Participation::happened(HistoryCondition const& condition) const {
  if (condition.ended) return standings_[*condition.ended].ended;
  Instant latest = distant_past;
  for (std::size_t s = 0; s < condition.left.size(); ++s)
    if (condition.left[s]) latest = std::max(latest, left_at_[s]);
  return latest;
}

bool Participation::qualifies(Life const& life, std::uint32_t m) const {
  if (!fits(life, m)) return false;
  Measure const& measure = plan_->measures[m].what;
  std::int64_t const now = life.now.minutes;
  if (!measure.intake().holds(now)) return false;
  if (measure.who.people.age != everything && !measure.who.people.age.holds(now - life.birth.minutes)) return false;
  if (!measure.who.time_in_state.holds(now - since_entry(life).minutes)) return false;
  return std::ranges::all_of(measure.who.history, [&](HistoryCondition const& condition) {
    Instant const then = happened(condition);
    return then > distant_past && life.now - then < condition.within;
  });
}

Instant Participation::next_boundary(Life const& life, std::uint32_t m) const {
  Standing const& standing = standings_[m];
  Measure const& measure = plan_->measures[m].what;
  Instant next = distant_future;
  auto const note = [&](Instant at) {
    if (at > life.now) next = std::min(next, at);
  };
  if (standing.stage != Stage::away) note(standing.due);
  if (standing.stage == Stage::away || standing.stage == Stage::done) note(standing.not_before);
  if (standing.stage == Stage::waiting) note(standing.answered);
  if (standing.stage == Stage::taking) {
    note(Instant{measure.runs.to});
    return next;
  }
  if (!fits(life, m)) return next;
  auto const note_span = [&](Span span) {
    note(Instant{span.from});
    note(Instant{span.to});
  };
  note_span(measure.intake());
  if (measure.who.people.age != everything) note_span(moments_of(measure.who.people.age, life.birth));
  note_span(moments_of(measure.who.time_in_state, since_entry(life)));
  for (HistoryCondition const& condition : measure.who.history) {
    Instant const then = happened(condition);
    if (then > distant_past && condition.within < unbounded) note(then + condition.within);
  }
  return next;
}

}  // namespace utvei
