// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "income_plan.hpp"

#include <utvei/core/random.hpp>
#include <utvei/engine/lives.hpp>

#include <array>
#include <cstdint>
#include <span>

namespace utvei {

/// Where the income of somebody who does not count in the year would stand.
inline constexpr std::int32_t no_income = -1;

/// The yearly incomes of one person after another. Minutes in each state are summed as integers times whole kroner a
/// year, and divided once. Earlier earnings are kept in base amounts of their years; a benefit counts those that were
/// there when the unbroken run of stays with a benefit began.
class PersonIncome {
 public:
  PersonIncome(IncomePlan const& plan, RandomKey const& key);

  /// After tax, in kroner, by whole calendar year; no_income in a year of which any part was spent outside, or before
  /// joining the run.
  void follow(LifePath const& life, std::span<std::int32_t> incomes);

 private:
  using Earlier = std::array<double, most_earlier_years>;  ///< base amounts; the last year first
  struct Sums {
    std::int64_t present{0}, outside{0};           ///< minutes
    std::int64_t earned{0}, taxed{0}, untaxed{0};  ///< kroner a year × minutes; earnings are in `taxed` too
  };
  void begin(LifePath const& life);
  [[nodiscard]] std::int64_t full_earnings(std::size_t year, PathPiece const& piece) const;
  [[nodiscard]] double benefit(Benefit const& rule, std::size_t year, PathPiece const& piece, double full) const;
  void add(PathPiece const& piece, std::size_t year, std::int64_t minutes, Sums& sums);
  [[nodiscard]] std::int64_t tax(std::int64_t taxed, std::size_t year) const;
  void end_year(std::size_t year, Sums const& sums, std::span<std::int32_t> incomes);
  [[nodiscard]] std::int64_t age(std::size_t year) const;

  IncomePlan const& plan_;
  RandomKey key_;
  StreamId stream_;
  LifePath const* life_{nullptr};
  double own_factor_{1};
  Earlier earlier_{}, onset_{};
  bool has_benefit_{false};
};

/// The mean of the `best` of the first `years`.
double mean_of_best(std::span<double const> earlier, EarlierEarnings rule);

}  // namespace utvei
