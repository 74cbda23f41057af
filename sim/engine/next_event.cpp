// SPDX-License-Identifier: Apache-2.0
#include "life.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <type_traits>

namespace utvei {

namespace {

__extension__ using Wide = __int128;

struct Fired {
  std::uint32_t exit;
  std::int64_t minutes;
};

/// What is at risk in one cell: exits with what is left of their luck, and their intensities. `Count` is a number, or
/// one that the compiler knows.
template <class Count>
struct AtRisk {
  Count exits;
  Hazard* left;
  Hazard const* intensity;
  double const* inverse;
};

/// Whether a reaches its jump before b: left_a / intensity_a < left_b / intensity_b, exactly.
template <class Count>
bool sooner(AtRisk<Count> const& risk, std::uint32_t a, std::uint32_t b) {
  return Wide{risk.left[a]} * risk.intensity[b] < Wide{risk.left[b]} * risk.intensity[a];
}

/// The whole minute in which an exit reaches its jump: the least m ≥ 1 with intensity × m ≥ left. A double guesses it,
/// integers put it right: division is slow.
std::int64_t minute_of_jump(Hazard left, Hazard intensity, double guess) {
  auto minutes = static_cast<std::int64_t>(guess);
  while (minutes * intensity < left) {
    ++minutes;
  }
  while (minutes > 1 && (minutes - 1) * intensity >= left) {
    --minutes;
  }
  return minutes > 1 ? minutes : 1;
}

/// Of several exits that jump within rounding of each other: the first by integers, and among equals the first by key.
template <class Count>
std::uint32_t settle(AtRisk<Count> const& risk, std::uint32_t best) {
  for (std::uint32_t k = 0; k < risk.exits; ++k) {
    if (risk.intensity[k] > 0 && (sooner(risk, k, best) || (k < best && !sooner(risk, best, k)))) {
      best = k;
    }
  }
  return best;
}

/// The first exit whose integrated intensity reaches what is left, and after how many whole minutes, if that is within
/// `span` minutes. Doubles find the candidates; integers decide, so that a stretch of time that is cut in two gives the
/// same event.
template <class Count>
[[gnu::always_inline]] inline std::optional<Fired> first_to_fire(AtRisk<Count> const& risk, std::int64_t span) {
  double least = std::numeric_limits<double>::infinity();
  double second = least;
  std::uint32_t best = 0;
  for (std::uint32_t k = 0; k < risk.exits; ++k) {
    // No branches: which exit comes first is what nobody can predict.
    double const minutes = static_cast<double>(risk.left[k]) * risk.inverse[k];
    best = minutes < least ? k : best;
    second = std::min(second, std::max(least, minutes));
    least = std::min(least, minutes);
  }
  if (least > static_cast<double>(span) + 1.0) {
    return std::nullopt;
  }
  constexpr double rounding = 1e-12;
  if (second <= least * (1 + rounding)) [[unlikely]] {
    best = settle(risk, best);
  }
  std::int64_t const minutes = minute_of_jump(risk.left[best], risk.intensity[best], least);
  return minutes <= span ? std::optional{Fired{best, minutes}} : std::nullopt;
}

/// Spends the integrated intensity of `minutes`; what would be overdrawn keeps the least there is.
template <class Count>
void debit(AtRisk<Count> const& risk, std::int64_t minutes) {
  for (std::uint32_t k = 0; k < risk.exits; ++k) {
    risk.left[k] = std::max<Hazard>(1, risk.left[k] - risk.intensity[k] * minutes);
  }
}

/// Debits `span` minutes if nobody fires within them; says whether that was so. Whoever would fire gets all back: sums
/// of integers undo.
template <class Count>
bool debit_if_nobody_fires(AtRisk<Count> const& risk, std::int64_t span) {
  Hazard worst = std::numeric_limits<Hazard>::max();
  for (std::uint32_t k = 0; k < risk.exits; ++k) {
    risk.left[k] -= risk.intensity[k] * span;
    worst = std::min(worst, risk.left[k]);
  }
  if (worst > 0) {
    return true;
  }
  for (std::uint32_t k = 0; k < risk.exits; ++k) {
    risk.left[k] += risk.intensity[k] * span;
  }
  return false;
}

/// A walk through the cells of a state's tables: the band of each clock, and when the first of them ends.
class Walk {
 public:
  Walk(StatePlan const& state, Life& life) : state_{state}, row_{state.row_of_profile[life.profile]} {
    if (state.cells_per_class == 1) {
      return;
    }
    std::int64_t const now = life.now.minutes;
    birth_ = life.birth.minutes;
    entered_ = life.clock_started[time_in_state_clock.value()].minutes;
    life.calendar_hint = calendar_ = state.calendar.band_after(now, life.calendar_hint);
    life.age_hint = age_ = state.age.band_after(now - birth_, life.age_hint);
    time_ = state.time_in_state.band_after(now - entered_);
    calendar_end_ = state.calendar.end_of(calendar_);
    age_end_ = birth_ + state.age.end_of(age_);
    time_end_ = entered_ + state.time_in_state.end_of(time_);
    row_ += calendar_ * state.calendar_stride + age_ * state.age_stride + std::size_t{time_} * state.exit_count;
    end_ = std::min({calendar_end_, age_end_, time_end_});
  }
  [[nodiscard]] std::size_t row() const { return row_; }
  [[nodiscard]] std::int64_t end() const { return end_; }
  /// Moves on to what holds after end().
  void advance() {
    if (time_end_ == end_) {
      time_end_ = entered_ + state_.time_in_state.end_of(++time_);
      row_ += state_.exit_count;
    }
    if (age_end_ == end_) {
      age_end_ = birth_ + state_.age.end_of(++age_);
      row_ += state_.age_stride;
    }
    if (calendar_end_ == end_) {
      calendar_end_ = state_.calendar.end_of(++calendar_);
      row_ += state_.calendar_stride;
    }
    end_ = std::min({calendar_end_, age_end_, time_end_});
  }

 private:
  StatePlan const& state_;
  std::size_t row_;
  std::int64_t birth_{0}, entered_{0};
  std::uint32_t calendar_{0}, age_{0}, time_{0};
  std::int64_t calendar_end_{distant_future.minutes}, age_end_{distant_future.minutes};
  std::int64_t time_end_{distant_future.minutes}, end_{distant_future.minutes};
};

/// The rules of a stay, in the order in which they come.
class Rules {
 public:
  Rules(RunPlan const& plan, StatePlan const& state, Life& life) : state_{state}, life_{life} {
    if (!state.rules.empty()) {
      if (plan.spared_until > distant_past) spare(plan.spared_until);
      find_next(0);
    }
  }
  [[nodiscard]] std::int64_t due() const { return due_; }

  /// Who reaches the rule: stays, and waits for the next one, or leaves.
  std::optional<StateId> apply() {
    Rule const& rule = state_.rules[next_];
    std::uint32_t const use = life_.rule_uses[rule.number]++;
    double const stay = rule.stay[life_.profile];
    if (stay >= 1 || (stay > 0 && uniform(life_.key, life_.person, rule.stream, 2 * use) < stay)) {
      passed_ |= std::uint64_t{1} << next_;
      find_next(due_);
      return std::nullopt;
    }
    double const u = uniform(life_.key, life_.person, rule.stream, 2 * use + 1);
    auto const& ways = rule.ways[life_.profile];
    return std::ranges::find_if(ways, [u](Rule::Way const& way) { return u < way.up_to; })->to;
  }
  [[nodiscard]] Cause cause() const { return state_.rules[next_].cause; }

 private:
  /// Of limits that were passed by then.
  void spare(Instant until) {
    for (std::size_t i = 0; i < state_.rules.size(); ++i) {
      Rule const& rule = state_.rules[i];
      if (rule.cause == Cause::limit && life_.clock_started[rule.clock.value()] + rule.after <= until) {
        passed_ |= std::uint64_t{1} << i;
      }
    }
  }

  void find_next(std::int64_t after) {
    due_ = distant_future.minutes;
    for (std::size_t i = 0; i < state_.rules.size(); ++i) {
      if ((passed_ >> i) & 1U) {
        continue;
      }
      Rule const& rule = state_.rules[i];
      Instant const zero = rule.cause == Cause::age ? life_.birth : life_.clock_started[rule.clock.value()];
      // Who enters over a limit or an age leaves in the first minute.
      std::int64_t const at = std::max({(zero + rule.after).minutes, life_.now.minutes + 1, after});
      if (at < due_) {
        due_ = at;
        next_ = i;
      }
    }
  }
  StatePlan const& state_;
  Life& life_;
  std::uint64_t passed_{0};
  std::size_t next_{0};
  std::int64_t due_{distant_future.minutes};
};

/// The exit at risk fires: its luck is drawn anew.
Event fire(StatePlan const& state, Life& life, std::uint32_t k, std::int64_t time) {
  Exit const& exit = state.exits[k];
  life.luck.renew(state.first_slot + k);
  return {Instant{time}, life.state, exit.to, Cause::transition, exit.transition};
}

Event end_of_run(RunPlan const& plan, Life const& life) {
  return {plan.end, life.state, life.state, Cause::end, {}};
}

/// The short form of next_event for a state with one cell and no rules.
template <class Count>
Event at_constant_rates(RunPlan const& plan, StatePlan const& state, Life& life, Count exits) {
  std::size_t const row = state.row_of_profile[life.profile];
  AtRisk<Count> const risk{exits, life.luck.at_risk(life.state, state), state.intensity.data() + row,
                           state.inverse.data() + row};
  std::int64_t const span = plan.end.minutes - life.now.minutes;
  auto const fired = first_to_fire(risk, span);
  debit(risk, fired ? fired->minutes : span);
  return fired ? fire(state, life, fired->exit, life.now.minutes + fired->minutes) : end_of_run(plan, life);
}

/// What is left of the luck of a state's exits, in registers during a walk where their number is known.
template <class Count>
class InHand {
 public:
  InHand(Hazard* home, Count /*exits*/) : home_{home} { std::copy_n(home_, Count::value, held_.begin()); }
  [[nodiscard]] Hazard* left() { return held_.data(); }
  void put_back() { std::copy_n(held_.begin(), Count::value, home_); }

 private:
  Hazard* home_;
  std::array<Hazard, Count::value> held_;
};
template <>
class InHand<std::uint32_t> {
 public:
  InHand(Hazard* home, std::uint32_t /*exits*/) : home_{home} {}
  [[nodiscard]] Hazard* left() { return home_; }
  void put_back() {}

 private:
  Hazard* home_;
};

/// The next event of a life that walks through cells and meets rules.
template <class Count>
Event through_cells(RunPlan const& plan, StatePlan const& state, Life& life, Count exits) {
  InHand<Count> hand{life.luck.at_risk(life.state, state), exits};
  AtRisk<Count> risk{exits, hand.left(), nullptr, nullptr};
  Walk cell{state, life};
  Rules rules{plan, state, life};
  std::int64_t now = life.now.minutes;
  for (;;) {
    std::int64_t const until = std::min({cell.end(), rules.due(), plan.end.minutes});
    std::int64_t const span = until - now;
    risk.intensity = state.intensity.data() + cell.row();
    if (span > state.short_span || !debit_if_nobody_fires(risk, span)) {
      risk.inverse = state.inverse.data() + cell.row();
      // In one minute rules come first.
      auto const fired = first_to_fire(risk, until == rules.due() ? span - 1 : span);
      debit(risk, fired ? fired->minutes : span);
      if (fired) {
        hand.put_back();
        return fire(state, life, fired->exit, now + fired->minutes);
      }
    }
    now = until;
    if (now == rules.due()) {
      Cause const cause = rules.cause();
      if (auto const to = rules.apply()) {
        hand.put_back();
        return {Instant{now}, life.state, *to, cause, {}};
      }
    }
    if (now == plan.end.minutes) {
      hand.put_back();
      return end_of_run(plan, life);
    }
    if (now == cell.end()) {
      cell.advance();
    }
  }
}

/// For few exits the compiler writes the loops out.
template <class Step>
Event with_exits(std::uint32_t count, Step const& step) {
  switch (count) {
    case 1:
      return step(std::integral_constant<std::uint32_t, 1>{});
    case 2:
      return step(std::integral_constant<std::uint32_t, 2>{});
    case 3:
      return step(std::integral_constant<std::uint32_t, 3>{});
    case 4:
      return step(std::integral_constant<std::uint32_t, 4>{});
    default:
      return step(count);
  }
}

}  // namespace

Event next_event(RunPlan const& plan, Life& life) {
  StatePlan const& state = plan.states[life.state];
  return with_exits(state.exit_count, [&](auto exits) {
    return state.has_constant_rates ? at_constant_rates(plan, state, life, exits)
                                    : through_cells(plan, state, life, exits);
  });
}

}  // namespace utvei
