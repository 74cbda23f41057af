// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "income_plan.hpp"

#include <utvei/core/random.hpp>
#include <utvei/engine/lives.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace utvei {

/// Where the income of somebody who does not count in the year would stand.
inline constexpr std::int32_t no_income = -1;

/// What somebody has in a stretch of one calendar year in one state, in kroner a year.
struct Pay {
  PathPiece const* piece{nullptr};
  Instant from, to;
  std::int64_t earned{0}, benefit{0}, amount{0};
  bool amount_is_taxed{true};
  [[nodiscard]] std::int64_t minutes() const { return (to - from).minutes; }
  [[nodiscard]] std::int64_t taxed() const { return earned + benefit + (amount_is_taxed ? amount : 0); }
};

/// The yearly incomes of one person after another. Minutes in each state are summed as integers times whole kroner a
/// year, and divided once. Earlier earnings are kept in base amounts of their years; a benefit counts those that were
/// there when the unbroken run of stays with a benefit began.
class PersonIncome {
 public:
  PersonIncome(IncomePlan const& plan, RandomKey const& key);

  /// After tax, in kroner, by whole calendar year; no_income in a year of which any part was spent outside, or before
  /// joining the run.
  void follow(LifePath const& life, std::span<std::int32_t> incomes);

  /// The same life, year by year: what they had in each stretch of it that was not spent outside, also in years of
  /// which only a part lies within the run.
  template <class Visit>
  void follow(LifePath const& life, std::span<std::int32_t> incomes, Visit const& visit);
  /// On so much taxable income in the year, in kroner.
  [[nodiscard]] std::int64_t tax(std::int64_t taxed, std::size_t year) const;

 private:
  using Earlier = std::array<double, most_earlier_years>;  ///< base amounts; the last year first
  struct Sums {
    std::int64_t present{0}, outside{0};           ///< minutes
    std::int64_t earned{0}, taxed{0}, untaxed{0};  ///< kroner a year × minutes; earnings are in `taxed` too
  };
  void begin(LifePath const& life);
  [[nodiscard]] std::int64_t full_earnings(std::size_t year, PathPiece const& piece) const;
  [[nodiscard]] double benefit(Benefit const& rule, std::size_t year, PathPiece const& piece, double full) const;
  /// Nothing outside.
  [[nodiscard]] std::optional<Pay> add(PathPiece const& piece, std::size_t year, Instant from, Instant to, Sums& sums);
  void end_year(std::size_t year, Sums const& sums, std::span<std::int32_t> incomes);
  [[nodiscard]] std::int64_t age(std::size_t year) const;

  IncomePlan const& plan_;
  RandomKey key_;
  StreamId stream_;
  LifePath const* life_{nullptr};
  double own_factor_{1};
  Earlier earlier_{}, onset_{};
  bool has_benefit_{false};
  std::vector<Pay> pays_;  ///< of the year
};

template <class Visit>
void PersonIncome::follow(LifePath const& life, std::span<std::int32_t> incomes, Visit const& visit) {
  std::ranges::fill(incomes, no_income);
  if (life.pieces.empty()) return;
  begin(life);
  std::size_t next = 0;
  for (std::size_t year = 0; year < plan_.calendar.years(); ++year) {
    Instant const from = plan_.calendar.from(year);
    Instant const to = plan_.calendar.to(year);
    if (life.pieces.front().from >= to) continue;  // not there yet
    Sums sums;
    pays_.clear();
    for (; next < life.pieces.size() && life.pieces[next].from < to; ++next) {
      PathPiece const& piece = life.pieces[next];
      if (auto const pay = add(piece, year, std::max(piece.from, from), std::min(piece.to, to), sums))
        pays_.push_back(*pay);
      if (piece.to > to) break;  // it goes on in the next year
    }
    end_year(year, sums, incomes);
    visit(year, std::span<Pay const>{pays_});
  }
}

/// The mean of the `best` of the first `years`.
double mean_of_best(std::span<double const> earlier, EarlierEarnings rule);

}  // namespace utvei
