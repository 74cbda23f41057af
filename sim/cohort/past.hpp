// SPDX-License-Identifier: Apache-2.0
// The past of one cohort, as far as the present depends on it: when people entered each compartment, and the integrated
// intensity out of it. Who comes to the end of a band now entered it one width ago, and was not taken by an intensity
// since.
#pragma once

#include "jet.hpp"
#include "legendre.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace utvei {

template <class Number>
class Past {
 public:
  explicit Past(std::size_t compartments) : compartments_{compartments}, seen_(compartments) {}

  /// Nothing before `start`. `has_end`: by compartment.
  void begin(std::int64_t start, std::vector<bool> const& has_end) {
    times_.assign(1, start);
    entered_.clear();
    integrated_.assign(compartments_, Number{});
    for (std::size_t c = 0; c < compartments_; ++c) seen_[c] = has_end[c] ? 0 : never;
  }

  /// Ends a step: who entered during it, and the intensities that held, per minute.
  void append(std::int64_t until, std::vector<Spread<Number>> const& entered, std::vector<Number> const& rate) {
    auto const minutes = static_cast<double>(until - times_.back());
    times_.push_back(until);
    entered_.insert(entered_.end(), entered.begin(), entered.end());
    for (std::size_t c = 0; c < compartments_; ++c) {
      Number const now = integrated_[integrated_.size() - compartments_] + rate[c] * minutes;
      integrated_.push_back(now);
    }
    if (times_.size() % 1024 == 0) forget();
  }

  /// The integrated intensity out of a compartment since the start until the last step.
  [[nodiscard]] Number const& integrated(std::size_t compartment) const {
    return integrated_[integrated_.size() - compartments_ + compartment];
  }

  /// All of its people were told to leave: this share of them stays.
  void thin(std::size_t compartment, double share) {
    for (std::size_t step = 0; step + 1 < times_.size(); ++step)
      for (Number& coefficient : entered_[step * compartments_ + compartment]) coefficient *= share;
  }

  /// Who comes to the end of a compartment in the next step, from the last one until `until`. Call in the order of
  /// time. `entering`: who enters it meanwhile; it matters where the width is less than the step. `rate`: the intensity
  /// out of it meanwhile, per minute.
  Spread<Number> leaving(std::size_t compartment, std::int64_t width, std::int64_t until,
                         Spread<Number> const& entering, Number const& rate) {
    Spread<Number> out{};
    std::int64_t const begin = times_.back();
    std::int64_t const first = begin - width;
    std::int64_t const last = until - width;
    std::size_t& step = seen_[compartment];
    while (step + 1 < times_.size() && times_[step + 1] <= first) ++step;
    Now const now{begin, until, width, integrated(compartment), rate};
    for (std::size_t s = step; s + 1 < times_.size() && times_[s] < last; ++s) {
      std::size_t const at = s * compartments_ + compartment;
      Number const& spent = integrated_[at];
      auto const minutes = static_cast<double>(times_[s + 1] - times_[s]);
      Then const then{entered_[at], times_[s], times_[s + 1], spent,
                      (integrated_[at + compartments_] - spent) * (1 / minutes)};
      add_survivors(then, std::max(first, times_[s]), std::min(last, times_[s + 1]), now, out);
    }
    if (last > begin) add_survivors({entering, begin, until, integrated(compartment), rate}, begin, last, now, out);
    return out;
  }

 private:
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  /// Steps whose people have all come to the ends of their compartments, but for the last one.
  void forget() {
    std::size_t const steps = std::min(std::ranges::min(seen_), times_.size() - 2);
    auto const drop = [](auto& from, std::size_t count) {
      from.erase(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
    };
    drop(times_, steps);
    drop(entered_, steps * compartments_);
    drop(integrated_, steps * compartments_);
    for (std::size_t& step : seen_)
      if (step != never) step -= steps;
  }

  /// A step in which people entered a compartment, the integrated intensity at its start, and the intensity.
  struct Then {
    Spread<Number> const& entered;
    std::int64_t from, to;
    Number spent, rate;
  };
  /// The step in which they leave it.
  struct Now {
    std::int64_t from, to, width;
    Number spent, rate;
  };

  /// Those who entered between `from` and `to`, and are still there when the width has passed.
  void add_survivors(Then const& then, std::int64_t from, std::int64_t to, Now const& now, Spread<Number>& out) const {
    if (from >= to || !holds_anybody(then.entered)) return;
    auto const then_minutes = static_cast<double>(then.to - then.from);
    auto const now_minutes = static_cast<double>(now.to - now.from);
    auto const span = static_cast<double>(to - from);
    auto const into_then = static_cast<double>(from - then.from);
    auto const into_now = static_cast<double>(from + now.width - now.from);
    Number const integral = now.spent + now.rate * into_now - then.spent - then.rate * into_then;
    Number const change = now.rate - then.rate;
    constexpr double rounding = 1e-13;
    bool const is_constant = magnitude(change) * span < rounding;
    Number survival = exponential(integral * -1.0);
    for (Node const& node : nodes_) {
      double const passed = node.theta * span;
      if (!is_constant) survival = exponential((integral + change * passed) * -1.0);
      auto const basis = legendre((into_then + passed) / then_minutes);
      auto const unit = unit_at((into_now + passed) / now_minutes);
      Number people{};
      for (std::size_t i = 0; i < moments; ++i) people += then.entered[i] * basis[i];
      people = people * survival * (node.weight * span / then_minutes);
      for (std::size_t i = 0; i < moments; ++i) out[i] += people * unit[i];
    }
  }

  std::size_t compartments_;
  std::array<Node, moments> nodes_{gauss_nodes()};
  std::vector<std::int64_t> times_;      ///< between steps
  std::vector<Spread<Number>> entered_;  ///< by step, then compartment
  std::vector<Number> integrated_;       ///< by time, then compartment: intensity since the start
  std::vector<std::size_t> seen_;        ///< by compartment: the step of the past whose people come next, or never
};

}  // namespace utvei
