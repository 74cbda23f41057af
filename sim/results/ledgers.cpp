// SPDX-License-Identifier: Apache-2.0
#include "year_weights.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/results/ledgers.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

double offset_of(Counted counted) {
  if (counted == Counted::start) return 0;
  return counted == Counted::end ? 1 : 0.5;
}

/// The worth, `years` after the year of present values began, of a krone in each of the years after that.
double worth_of_going_on(LedgerRules const& rules, double years) {
  double sum = 0;
  if (rules.residual_years) {
    double const left_over = *rules.residual_years - std::floor(*rules.residual_years);
    for (double k = 1; k <= *rules.residual_years; ++k) sum += discount_factor(rules.discount, years + k);
    if (left_over > 0)
      sum += left_over * discount_factor(rules.discount, years + std::floor(*rules.residual_years) + 1);
    return sum;
  }
  // Year by year until the last rate holds, then a geometric series.
  DiscountPeriod const last = rules.discount.back();
  UTVEI_EXPECT(last.rate > 0);
  double k = 0;
  while (years + k < last.from) sum += discount_factor(rules.discount, years + ++k);
  return sum + discount_factor(rules.discount, years + k) / last.rate;
}

}  // namespace

double discount_factor(std::vector<DiscountPeriod> const& periods, double years) {
  UTVEI_EXPECT(!periods.empty() && periods.front().from == 0);
  if (years < 0) return std::pow(1 + periods.front().rate, -years);
  double log = 0;
  for (std::size_t p = 0; p < periods.size() && periods[p].from < years; ++p) {
    double const to = p + 1 < periods.size() ? std::min(years, periods[p + 1].from) : years;
    log += (to - periods[p].from) * std::log1p(periods[p].rate);
  }
  return std::exp(-log);
}

std::vector<double> year_weights(LedgerRules const& rules, int present_year, LedgerYears const& years) {
  std::vector<double> weights;
  for (std::size_t y = 0; y < years.count; ++y) {
    double const at = static_cast<double>(years.first - present_year) + static_cast<double>(y);
    weights.push_back(discount_factor(rules.discount, at + offset_of(rules.counted)));
  }
  return weights;
}

double residual_weight(LedgerRules const& rules, int present_year, LedgerYears const& years) {
  if (!years.last_whole) return 0;
  double const at = static_cast<double>(years.first - present_year) + static_cast<double>(*years.last_whole);
  return worth_of_going_on(rules, at + offset_of(rules.counted) + years.after_it);
}

double present_value(LedgerRules const& rules, int present_year, int first_year, std::vector<double> const& by_year) {
  if (by_year.empty()) return 0;
  LedgerYears const years{first_year, by_year.size(), by_year.size() - 1, 0};
  auto const weights = year_weights(rules, present_year, years);
  double sum = residual_weight(rules, present_year, years) * by_year.back();
  for (std::size_t y = 0; y < by_year.size(); ++y) sum += weights[y] * by_year[y];
  return sum;
}

}  // namespace utvei
