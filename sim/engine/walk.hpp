// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "life.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

// How a life walks through a table of intensities: the pieces of next_event, shared by states and turns.

namespace utvei {

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
inline std::int64_t minute_of_jump(Hazard left, Hazard intensity, double guess) {
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

/// A walk through the cells of a table: the band of each clock, and when the first of them ends.
class Walk {
 public:
  Walk(StatePlan const& state, Life& life) : Walk{state, life, life.now} {}
  Walk(StatePlan const& state, Life& life, Instant from) : state_{state}, row_{state.row_of_profile[life.profile]} {
    if (state.cells_per_class == 1) {
      return;
    }
    std::int64_t const now = from.minutes;
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

/// The rules of a table, in the order in which they come. `passed`: which of them have let the person stay.
class Rules {
 public:
  Rules(StatePlan const& state, Life& life, std::uint64_t& passed, Instant spared_until)
      : state_{state}, life_{life}, passed_{passed} {
    if (!state.rules.empty()) {
      if (spared_until > distant_past) spare(spared_until);
      find_next(0);
    }
  }
  [[nodiscard]] std::int64_t due() const { return due_; }

  /// Who reaches the rule: is let stay, and waits for the next one, or leaves. Whom a setting does not let be takes
  /// its levels, and is in the state afterwards.
  std::optional<StateId> apply() {
    Rule const& rule = state_.rules[next_];
    std::uint32_t const use = life_.rule_uses[rule.number]++;
    double const stay = rule.stay[life_.profile];
    if (stay >= 1 || (stay > 0 && uniform(life_.key, life_.person, rule.stream, 2 * use) < stay)) {
      // The clock may be at zero again before the stay is over.
      if (rule.is_entitlement) {
        life_.entitlements.pass(rule.clock, rule.after);
      } else {
        passed_ |= std::uint64_t{1} << next_;
      }
      find_next(due_);
      return std::nullopt;
    }
    if (rule.cause == Cause::setting) return life_.state;
    double const u = uniform(life_.key, life_.person, rule.stream, 2 * use + 1);
    auto const& ways = rule.ways[life_.profile];
    return std::ranges::find_if(ways, [u](Rule::Way const& way) { return u < way.up_to; })->to;
  }
  /// The rule that is due.
  [[nodiscard]] Rule const& rule() const { return state_.rules[next_]; }
  [[nodiscard]] std::size_t place() const { return next_; }

 private:
  /// Of limits that were passed by then.
  void spare(Instant until) {
    for (std::size_t i = 0; i < state_.rules.size(); ++i) {
      Rule const& rule = state_.rules[i];
      if (rule.cause != Cause::age && std::max(moment_of(rule), rule.valid_from) <= until) {
        passed_ |= std::uint64_t{1} << i;
      }
    }
  }

  /// When the clock of the rule comes to it, or the age.
  [[nodiscard]] Instant moment_of(Rule const& rule) const {
    if (rule.cause == Cause::age) return life_.birth + rule.age_of(life_.birth);
    return rule.is_entitlement ? life_.entitlements.reaches(rule.clock, rule.after)
                               : life_.clock_started[rule.clock.value()] + rule.after;
  }

  /// Whether it has let the person stay for as long as the clock goes on, or would change nothing.
  [[nodiscard]] bool is_over(Rule const& rule) const {
    if (rule.is_entitlement && life_.entitlements.has_passed(rule.clock, rule.after)) return true;
    return rule.cause == Cause::setting && std::ranges::all_of(rule.sets, [this](TraitSetting const& setting) {
             return life_.traits[setting.trait.value()] == setting.level;
           });
  }

  // Out of line: most stays meet no rule, and their loop should keep its registers.
  [[gnu::noinline]] void find_next(std::int64_t after) {
    due_ = distant_future.minutes;
    Instant const entered = life_.clock_started[time_in_state_clock.value()];
    for (std::size_t i = 0; i < state_.rules.size(); ++i) {
      if ((passed_ >> i) & 1U) {
        continue;
      }
      Rule const& rule = state_.rules[i];
      // Who enters over a limit or an age leaves in the first minute; a rule that comes into force finds who is over
      // it.
      std::int64_t const at =
          std::max({moment_of(rule).minutes, rule.valid_from.minutes, life_.now.minutes + 1, after});
      bool const is_for_them = at < rule.valid_to.minutes && rule.entered_from <= entered && entered < rule.entered_to;
      if (is_for_them && at < due_ && !is_over(rule)) {
        due_ = at;
        next_ = i;
      }
    }
  }
  StatePlan const& state_;
  Life& life_;
  std::uint64_t& passed_;
  std::size_t next_{0};
  std::int64_t due_{distant_future.minutes};
};

}  // namespace utvei
