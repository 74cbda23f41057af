// SPDX-License-Identifier: Apache-2.0
#include "life.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace utvei {

namespace {

__extension__ using Wide = __int128;

struct Fired {
  std::uint32_t exit;
  std::int64_t minutes;
};

/// Whether a reaches its jump before b: left_a / intensity_a < left_b / intensity_b, exactly.
bool sooner(Hazard left_a, Hazard intensity_a, Hazard left_b, Hazard intensity_b) {
  return Wide{left_a} * intensity_b < Wide{left_b} * intensity_a;
}

/// The first exit whose integrated intensity reaches what is left, and after how many whole minutes, if that is within
/// `span` minutes. Doubles find the candidates; integers decide, so that a stretch of time that is cut in two gives the
/// same event.
std::optional<Fired> first_to_fire(std::size_t exits, Hazard const* left, Hazard const* intensity,
                                   double const* inverse, std::int64_t span) {
  double least = std::numeric_limits<double>::infinity();
  std::uint32_t best = 0;
  double second = least;
  for (std::uint32_t k = 0; k < exits; ++k) {
    double const minutes = static_cast<double>(left[k]) * inverse[k];
    if (minutes < least) {
      second = least;
      least = minutes;
      best = k;
    } else if (minutes < second) {
      second = minutes;
    }
  }
  if (least > static_cast<double>(span) + 1.0) {
    return std::nullopt;
  }
  constexpr double rounding = 1e-12;
  if (second <= least * (1 + rounding)) {
    for (std::uint32_t k = 0; k < exits; ++k) {
      if (intensity[k] > 0 && sooner(left[k], intensity[k], left[best], intensity[best])) {
        best = k;
      }
    }
    for (std::uint32_t k = 0; k < best; ++k) {
      if (intensity[k] > 0 && !sooner(left[best], intensity[best], left[k], intensity[k])) {
        best = k;
        break;
      }
    }
  }
  std::int64_t const minutes = std::max<std::int64_t>(1, (left[best] - 1) / intensity[best] + 1);
  if (minutes > span) {
    return std::nullopt;
  }
  return Fired{best, minutes};
}

/// Spends the integrated intensity of `minutes`; what would be overdrawn keeps the least there is.
void debit(std::size_t exits, Hazard* left, Hazard const* intensity, std::int64_t minutes) {
  for (std::size_t k = 0; k < exits; ++k) {
    left[k] = std::max<Hazard>(1, left[k] - intensity[k] * minutes);
  }
}

/// Where on the clocks somebody stands in a state: the band of each axis, and when the first of them ends.
class Bands {
 public:
  Bands(StatePlan const& state, Life const& life)
      : state_{state},
        birth_{life.birth.minutes},
        entered_{life.clock_started[time_in_state_clock.value()].minutes},
        profile_{life.profile} {
    locate(life.now);
  }
  [[nodiscard]] std::size_t row() const { return state_.row(profile_, calendar_, age_, time_); }
  [[nodiscard]] std::int64_t end() const { return end_; }
  void locate(Instant now) {
    calendar_ = state_.calendar.band_after(now.minutes);
    age_ = state_.age.band_after(now.minutes - birth_);
    time_ = state_.time_in_state.band_after(now.minutes - entered_);
    find_end();
  }
  /// Moves on to what holds after end().
  void advance() {
    std::int64_t const at = end_;
    calendar_ += state_.calendar.end_of(calendar_) == at ? 1U : 0U;
    age_ += birth_ + state_.age.end_of(age_) == at ? 1U : 0U;
    time_ += entered_ + state_.time_in_state.end_of(time_) == at ? 1U : 0U;
    find_end();
  }

 private:
  void find_end() {
    end_ = std::min({state_.calendar.end_of(calendar_), birth_ + state_.age.end_of(age_),
                     entered_ + state_.time_in_state.end_of(time_)});
  }
  StatePlan const& state_;
  std::int64_t birth_;
  std::int64_t entered_;
  std::uint32_t profile_;
  std::uint32_t calendar_{0};
  std::uint32_t age_{0};
  std::uint32_t time_{0};
  std::int64_t end_{0};
};

/// The rules of a stay, in the order in which they come.
class Rules {
 public:
  Rules(StatePlan const& state, Life& life) : state_{state}, life_{life} { find_next(0); }
  [[nodiscard]] std::int64_t due() const { return due_; }

  /// Who reaches the rule: stays, and waits for the next one, or leaves.
  std::optional<StateId> apply() {
    Rule const& rule = state_.rules[next_];
    std::uint32_t const use = life_.rule_uses[rule.number]++;
    if (rule.stay > 0 && uniform(life_.key, life_.person, rule.stream, 2 * use) < rule.stay) {
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

}  // namespace

Event next_event(RunPlan const& plan, Life& life) {
  StatePlan const& state = plan.states[life.state];
  std::size_t const exits = state.exits.size();
  Hazard* const left = life.luck.at_risk(state);
  Bands bands{state, life};
  Rules rules{state, life};
  std::int64_t now = life.now.minutes;
  for (;;) {
    std::int64_t const until = std::min({bands.end(), rules.due(), plan.end.minutes});
    std::size_t const row = bands.row();
    Hazard const* const intensity = state.intensity.data() + row;
    // In one minute rules come first.
    std::int64_t const span = until - now - (until == rules.due() ? 1 : 0);
    auto const fired = first_to_fire(exits, left, intensity, state.inverse.data() + row, span);
    debit(exits, left, intensity, fired ? fired->minutes : until - now);
    if (fired) {
      Exit const& exit = state.exits[fired->exit];
      life.luck.renew(state.first_slot + fired->exit);
      return {Instant{now + fired->minutes}, life.state, exit.to, Cause::transition, exit.transition};
    }
    now = until;
    if (until == rules.due()) {
      Cause const cause = rules.cause();
      if (auto const to = rules.apply()) {
        return {Instant{now}, life.state, *to, cause, {}};
      }
    }
    if (now == plan.end.minutes) {
      return {Instant{now}, life.state, life.state, Cause::end, {}};
    }
    if (until == bands.end()) {
      bands.advance();
    }
  }
}

}  // namespace utvei
