// SPDX-License-Identifier: Apache-2.0
#include "turns.hpp"

#include "walk.hpp"

#include <algorithm>

namespace utvei {

namespace {

constexpr std::uint32_t no_exit = std::numeric_limits<std::uint32_t>::max();

Hazard* luck_of(Life& life, RunPlan const& plan) {
  return life.luck.at_risk(StateId{plan.states.size()}, plan.turns->table);
}

/// Debits what the exits of a table spend between two moments; whoever would fire is left the least there is.
void debit_between(StatePlan const& table, Life& life, Hazard* left, Instant from, Instant to) {
  AtRisk<std::uint32_t> risk{table.exit_count, left, nullptr, nullptr};
  Walk cell{table, life, from};
  for (std::int64_t now = from.minutes; now < to.minutes;) {
    std::int64_t const until = std::min(cell.end(), to.minutes);
    risk.intensity = table.intensity.data() + cell.row();
    debit(risk, until - now);
    now = until;
    if (now == cell.end()) cell.advance();
  }
}

}  // namespace

Turns::Turns(RunPlan const& plan) : plan_{&plan} {
  if (plan.turns) left_then_.resize(plan.turns->table.exit_count);
}

void Turns::begin(Life& life) {
  due_ = distant_future;
  if (!plan_->turns) return;
  moves_ = 0;
  taken_.assign(life.traits.size(), life.now);
  for (TurnPlan::TraitClock const& clock : plan_->turns->clocks) {
    Instant& started = life.clock_started[clock.clock.value()];
    started = life.now;
    if (life.now > plan_->start) continue;  // who enters later begins with all of the wait
    for (auto const& wait : clock.waits) {
      if (life.traits[clock.trait.value()] != wait.level) continue;
      double const share = uniform(life.key, life.person, wait.stream, 0);
      started = life.now - Duration{static_cast<std::int64_t>(share * static_cast<double>(wait.after.minutes - 1))};
    }
  }
  look(life);
}

std::uint64_t Turns::ages_behind(Life const& life) const {
  TurnPlan const& turns = *plan_->turns;
  std::uint64_t behind = 0;
  for (std::size_t i = 0; i < turns.table.rules.size(); ++i) {
    Rule const& rule = turns.table.rules[i];
    Instant const taken = taken_[turns.turns[turns.turn_of_rule[i]].trait.value()];
    if (rule.cause == Cause::age && life.birth + rule.after < taken) behind |= std::uint64_t{1} << i;
  }
  return behind;
}

void Turns::look(Life& life) {
  TurnPlan const& turns = *plan_->turns;
  StatePlan const& table = turns.table;
  since_ = life.now;
  due_ = distant_future;
  is_at_risk_ = turns.at_risk[life.state.value()];
  if (!is_at_risk_) return;
  std::copy_n(luck_of(life, *plan_), table.exit_count, left_then_.begin());
  AtRisk<std::uint32_t> risk{table.exit_count, left_then_.data(), nullptr, nullptr};
  std::uint64_t passed = ages_behind(life);
  Walk cell{table, life};
  Rules rules{table, life, passed, distant_past};
  for (std::int64_t now = life.now.minutes; now < plan_->end.minutes;) {
    std::int64_t const until = std::min({cell.end(), rules.due(), plan_->end.minutes});
    risk.intensity = table.intensity.data() + cell.row();
    risk.inverse = table.inverse.data() + cell.row();
    auto const fired = first_to_fire(risk, until == rules.due() ? until - now - 1 : until - now);
    debit(risk, fired ? fired->minutes : until - now);
    if (fired) {
      due_ = Instant{now + fired->minutes};
      fires_ = fired->exit;
      next_ = table.exits[fires_].transition.value();
      return;
    }
    now = until;
    if (now == rules.due() && now < plan_->end.minutes) {
      std::size_t const place = rules.place();
      if (rules.apply()) {
        due_ = Instant{now};
        fires_ = no_exit;
        next_ = turns.turn_of_rule[place];
        return;
      }
    }
    if (now == cell.end()) cell.advance();
  }
}

/// Debits what was spent since the last look.
void Turns::spend(Life& life) {
  if (is_at_risk_) debit_between(plan_->turns->table, life, luck_of(life, *plan_), since_, life.now);
}

void Turns::set(Life& life, TraitId trait, std::uint32_t level) {
  std::uint16_t& now = life.traits[trait.value()];
  if (now == level) return;
  now = static_cast<std::uint16_t>(level);
  life.is_changed = true;
  if (!taken_.empty()) taken_[trait.value()] = life.now + Duration{1};
}

void Turns::start_clock(Life& life, TraitId trait) {
  for (TurnPlan::TraitClock const& clock : plan_->turns->clocks) {
    if (clock.trait == trait) life.clock_started[clock.clock.value()] = life.now;
  }
}

void Turns::take(Life& life) {
  TurnPlan const& turns = *plan_->turns;
  Turn const& turn = turns.turns[next_];
  std::ranges::copy(left_then_, luck_of(life, *plan_));
  if (fires_ != no_exit) life.luck.renew(turns.table.first_slot + fires_);
  if (turn.cause == Cause::move) {
    double const u = uniform(life.key, life.person, turns.destination_stream, moves_++);
    auto const& ways = turns.destinations[life.region];
    life.region = std::ranges::lower_bound(ways, u, {}, &TurnPlan::Destination::up_to)->region;
    life.is_changed = true;
  } else {
    set(life, turn.trait, turn.level);
    start_clock(life, turn.trait);
  }
  life.reprice();
  look(life);
}

void Turns::change(Life& life, std::vector<TraitSetting> const& settings) {
  if (plan_->turns) spend(life);
  for (TraitSetting const& setting : settings) {
    bool const is_new = life.traits[setting.trait.value()] != setting.level;
    set(life, setting.trait, setting.level);
    if (is_new && plan_->turns) start_clock(life, setting.trait);
  }
  if (life.is_changed) life.reprice();
  if (plan_->turns) look(life);
}

}  // namespace utvei
