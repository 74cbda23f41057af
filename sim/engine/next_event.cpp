// SPDX-License-Identifier: Apache-2.0
#include "walk.hpp"

#include <span>
#include <vector>

namespace utvei {

namespace {

/// The exit at risk fires: its luck is drawn anew.
Event fire(StatePlan const& state, Life& life, std::uint32_t k, std::int64_t time) {
  Exit const& exit = state.exits[k];
  life.luck.renew(state.first_slot + k);
  return {Instant{time}, life.state, exit.to, Cause::transition, exit.transition.value()};
}

/// What comes when nothing of the state has: a turn of the life, what services do, or the end of the run.
Event uneventful(RunPlan const& plan, Life const& life) {
  Instant const time = life.interrupted();
  if (time >= plan.end) return {plan.end, life.state, life.state, Cause::end, 0};
  if (time == life.turns.due()) return {time, life.state, life.state, life.turns.cause(), life.turns.next()};
  return {time, life.state, life.state, Cause::service, 0};
}

std::int64_t end_of_quiet(RunPlan const& plan, Life const& life) {
  return std::min(plan.end, life.interrupted()).minutes;
}

/// Intensities as the table has them.
class AsWritten {
 public:
  explicit AsWritten(StatePlan const& state) : state_{state} {}
  [[nodiscard]] Hazard const* intensities(std::size_t row) const { return state_.intensity.data() + row; }
  [[nodiscard]] double const* inverses(std::size_t row) const { return state_.inverse.data() + row; }
  [[nodiscard]] bool is_short(std::int64_t span) const { return span <= state_.short_span; }

 private:
  StatePlan const& state_;
};

/// Intensities that measures multiply. What is multiplied by 1 is the same number.
class Multiplied {
 public:
  Multiplied(StatePlan const& state, std::span<double const> factors)
      : state_{state}, factors_{factors}, intensities_(factors.size()), inverses_(factors.size()) {}
  [[nodiscard]] Hazard const* intensities(std::size_t row) {
    static constexpr double most = 0x1p57;  // one a minute
    for (std::size_t k = 0; k < factors_.size(); ++k) {
      Hazard const written = state_.intensity[row + k];
      bool const is_same = factors_[k] == 1;
      intensities_[k] =
          is_same ? written : static_cast<Hazard>(std::min(most, static_cast<double>(written) * factors_[k] + 0.5));
      inverses_[k] = is_same ? state_.inverse[row + k] : 1 / static_cast<double>(intensities_[k]);
    }
    return intensities_.data();
  }
  /// Of the row that was asked for last.
  [[nodiscard]] double const* inverses(std::size_t /*row*/) const { return inverses_.data(); }
  [[nodiscard]] static bool is_short(std::int64_t /*span*/) { return false; }

 private:
  StatePlan const& state_;
  std::span<double const> factors_;
  std::vector<Hazard> intensities_;
  std::vector<double> inverses_;
};

/// The short form of next_event for a state with one cell and no rules.
template <class Count>
Event at_constant_rates(RunPlan const& plan, StatePlan const& state, Life& life, Count exits) {
  std::size_t const row = state.row_of_profile[life.profile];
  AtRisk<Count> const risk{exits, life.luck.at_risk(life.state, state), state.intensity.data() + row,
                           state.inverse.data() + row};
  std::int64_t const span = end_of_quiet(plan, life) - life.now.minutes;
  auto const fired = first_to_fire(risk, span);
  debit(risk, fired ? fired->minutes : span);
  return fired ? fire(state, life, fired->exit, life.now.minutes + fired->minutes) : uneventful(plan, life);
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
template <class Count, class Intensities>
Event through_cells(RunPlan const& plan, StatePlan const& state, Life& life, Count exits, Intensities table) {
  InHand<Count> hand{life.luck.at_risk(life.state, state), exits};
  AtRisk<Count> risk{exits, hand.left(), nullptr, nullptr};
  Walk cell{state, life};
  Rules rules{state, life, life.rules_passed, plan.spared_until};
  std::int64_t const quiet_until = end_of_quiet(plan, life);
  std::int64_t now = life.now.minutes;
  for (;;) {
    std::int64_t const until = std::min({cell.end(), rules.due(), quiet_until});
    std::int64_t const span = until - now;
    risk.intensity = table.intensities(cell.row());
    if (!table.is_short(span) || !debit_if_nobody_fires(risk, span)) {
      risk.inverse = table.inverses(cell.row());
      // In one minute rules come first, but for those that only set traits.
      bool const is_left_by_rule = until == rules.due() && rules.rule().cause != Cause::setting;
      auto const fired = first_to_fire(risk, is_left_by_rule ? span - 1 : span);
      debit(risk, fired ? fired->minutes : span);
      if (fired) {
        hand.put_back();
        return fire(state, life, fired->exit, now + fired->minutes);
      }
    }
    now = until;
    if (now == rules.due()) {
      Rule const& rule = rules.rule();
      if (auto const to = rules.apply()) {
        hand.put_back();
        return {Instant{now}, life.state, *to, rule.cause, rule.number};
      }
    }
    if (now == quiet_until) {
      hand.put_back();
      return uneventful(plan, life);
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
  if (life.participation.acts()) [[unlikely]] {
    auto const& move = life.participation.move();
    if (move && life.now < plan.end) return {life.now, life.state, move->to, Cause::measure, move->measure};
    return through_cells(plan, state, life, state.exit_count, Multiplied{state, life.participation.factors()});
  }
  return with_exits(state.exit_count, [&](auto exits) {
    return state.has_constant_rates ? at_constant_rates(plan, state, life, exits)
                                    : through_cells(plan, state, life, exits, AsWritten{state});
  });
}

}  // namespace utvei
