// SPDX-License-Identifier: Apache-2.0
#include "person_income.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// Nobody has more; so that sums of minutes times kroner stay far inside 64 bits, and an income inside 32.
constexpr double most_kroner = 1e9;

std::int64_t whole_kroner(double amount) {
  return std::llround(std::min(amount, most_kroner));
}

}  // namespace

double mean_of_best(std::span<double const> earlier, EarlierEarnings rule) {
  std::array<double, most_earlier_years> left{};
  auto const years = static_cast<std::size_t>(rule.years);
  std::copy_n(earlier.begin(), years, left.begin());
  double sum = 0;
  for (int taken = 0; taken < rule.best; ++taken) {
    auto const highest = std::max_element(left.begin(), left.begin() + rule.years);
    sum += *highest;
    *highest = -1;
  }
  return sum / rule.best;
}

PersonIncome::PersonIncome(IncomePlan const& plan, RandomKey const& key)
    : plan_{plan}, key_{key}, stream_{stream_of("income: earnings")} {}

std::int64_t PersonIncome::age(std::size_t year) const {
  return plan_.has_ages ? (plan_.calendar.new_year_after(year) - life_->birth).minutes : 0;
}

std::int64_t PersonIncome::full_earnings(std::size_t year, PathPiece const& piece) const {
  auto const levels = life_->levels_of(piece);
  std::int64_t const at_age = age(year);
  double amount = plan_.full_earnings.at(year, at_age, piece.region, levels) * own_factor_;
  for (YearlyAmounts const& factor : plan_.factors) amount *= factor.at(year, at_age, piece.region, levels);
  return whole_kroner(amount);
}

/// A log-normal with mean 1, the same for all of a life. Who begins the run has earned, each year before it, the share
/// of full earnings that their state says.
void PersonIncome::begin(LifePath const& life) {
  life_ = &life;
  double const spread = plan_.rules.spread;
  own_factor_ =
      spread > 0 ? std::exp(spread * standard_normal(key_, life.person, stream_, 0) - spread * spread / 2) : 1;
  has_benefit_ = false;
  PathPiece const& first = life.pieces.front();
  std::size_t const year = plan_.calendar.year_before(first.from + Duration{1});
  double const full = static_cast<double>(full_earnings(year, first)) / plan_.money.base_amount[year];
  earlier_.fill(plan_.rules.states[first.state].earned_before * full);
}

double PersonIncome::benefit(Benefit const& rule, std::size_t year, PathPiece const& piece, double full) const {
  auto const& amounts = plan_.states[piece.state];
  auto const levels = life_->levels_of(piece);
  double counts = rule.of_full_earnings ? full : 0;
  for (EarlierEarnings const& earlier : rule.earlier)
    counts = std::max(counts, mean_of_best(onset_, earlier) * plan_.money.base_amount[year]);
  if (amounts.ceiling) counts = std::min(counts, amounts.ceiling->at(year, age(year), piece.region, levels));
  double paid = rule.share * counts;
  if (amounts.floor) paid = std::max(paid, amounts.floor->at(year, age(year), piece.region, levels));
  return rule.grade * paid;
}

std::optional<Pay> PersonIncome::add(PathPiece const& piece, std::size_t year, Instant from, Instant to, Sums& sums) {
  StateIncome const& income = plan_.rules.states[piece.state];
  std::int64_t const minutes = (to - from).minutes;
  sums.present += minutes;
  if (income.benefit && !has_benefit_) onset_ = earlier_;
  has_benefit_ = income.benefit.has_value();
  if (income.outside) {
    sums.outside += minutes;
    return std::nullopt;
  }
  Pay pay{&piece, from, to};
  std::int64_t const full = income.earnings > 0 || income.benefit ? full_earnings(year, piece) : 0;
  pay.earned = whole_kroner(income.earnings * static_cast<double>(full));
  sums.earned += minutes * pay.earned;
  if (income.benefit) {
    pay.benefit = whole_kroner(benefit(*income.benefit, year, piece, static_cast<double>(full)));
    // Pay that goes on counts as earnings for what comes after.
    if (income.benefit->of_full_earnings) sums.earned += minutes * pay.benefit;
  }
  if (income.amount) {
    pay.amount_is_taxed = income.taxed;
    pay.amount =
        whole_kroner(plan_.states[piece.state].amount->at(year, age(year), piece.region, life_->levels_of(piece)));
    if (!income.taxed) sums.untaxed += minutes * pay.amount;
  }
  sums.taxed += minutes * pay.taxed();
  return pay;
}

std::int64_t PersonIncome::tax(std::int64_t taxed, std::size_t year) const {
  auto const& brackets = plan_.taxes[year];
  auto const amount = static_cast<double>(taxed);
  double sum = 0;
  for (std::size_t b = 0; b < brackets.size(); ++b) {
    double const top = b + 1 < brackets.size() ? std::min(amount, brackets[b + 1].above) : amount;
    sum += brackets[b].rate * std::max(0.0, top - brackets[b].above);
  }
  return std::llround(sum);
}

void PersonIncome::end_year(std::size_t year, Sums const& sums, std::span<std::int32_t> incomes) {
  std::int64_t const length = plan_.calendar.minutes(year);
  std::shift_right(earlier_.begin(), earlier_.end(), 1);
  std::int64_t const earned = sums.earned / length;
  earlier_.front() = static_cast<double>(earned) / plan_.money.base_amount[year];
  if (!plan_.calendar.is_whole(year)) return;
  bool const counts = sums.present == length && sums.outside == 0;
  std::int64_t const taxed = sums.taxed / length;
  std::int64_t const income = taxed - tax(taxed, year) + sums.untaxed / length;
  incomes[year - plan_.calendar.first_whole()] =
      counts ? static_cast<std::int32_t>(std::min(income, std::int64_t{1'000'000'000})) : no_income;
}

void PersonIncome::follow(LifePath const& life, std::span<std::int32_t> incomes) {
  follow(life, incomes, [](std::size_t, std::span<Pay const>) {});
}

}  // namespace utvei
