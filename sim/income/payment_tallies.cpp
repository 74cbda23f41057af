// SPDX-License-Identifier: Apache-2.0
#include "payment_tallies.hpp"

#include <utvei/engine/person_group.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace utvei {

PaymentTallies::PaymentTallies(PaymentRules const& rules, IncomePlan const& plan, IncomeLayout const& layout)
    : rules_{&rules},
      plan_{&plan},
      layout_{&layout},
      regions_{rules.by_region ? layout.region_count : 1},
      payments_(regions_ * layout.years * rules.payments, 0),
      balance_(layout.groups * regions_ * layout.years * accounts, 0) {}

PaymentTallies::Cell PaymentTallies::cell(std::size_t group, RegionId region, std::size_t year) const {
  std::size_t const place = rules_->by_region ? layout_->place_of_region[region.value()] : 0;
  std::size_t const at = place * layout_->years + year;
  return {at * rules_->payments, (group * regions_ * layout_->years + at) * accounts};
}

void PaymentTallies::pay(std::vector<PaymentFlow> const& flows, double kroner, Cell const& where) {
  for (PaymentFlow const& flow : flows) {
    std::int64_t const amount = std::llround(kroner * flow.share);
    payments_[where.payments + flow.payment] += amount;
    balance_[where.balance + static_cast<std::size_t>(flow.from)] -= amount;
    balance_[where.balance + static_cast<std::size_t>(flow.to)] += amount;
  }
}

/// A stay's first days may be another's to pay for.
void PaymentTallies::pay_benefit(StatePayments const& flows, Pay const& pay_of, double a_minute, Cell const& where) {
  Instant const other = std::clamp(pay_of.piece->entered + flows.first, pay_of.from, pay_of.to);
  auto const kroner = static_cast<double>(pay_of.benefit + pay_of.amount) * a_minute;
  pay(flows.first_benefit, kroner * static_cast<double>((other - pay_of.from).minutes), where);
  pay(flows.benefit, kroner * static_cast<double>((pay_of.to - other).minutes), where);
}

namespace {

bool goes_on(Pay const& pay, Pay const& next) {
  return pay.to == next.from && pay.piece->state == next.piece->state && pay.piece->entered == next.piece->entered &&
         pay.piece->region == next.piece->region && pay.earned == next.earned && pay.benefit == next.benefit &&
         pay.amount == next.amount;
}

}  // namespace

/// Who is there for a part of the year is taxed as if they had the same all year, for that part.
void PaymentTallies::see(PersonIncome const& income, PersonKey person, std::size_t year, std::span<Pay const> pays) {
  std::int64_t present = 0;
  std::int64_t taxed = 0;
  for (Pay const& each : pays) {
    present += each.minutes();
    taxed += each.minutes() * each.taxed();
  }
  if (present == 0) return;
  Instant const january = start_of_year(plan_->calendar.year(year));
  double const a_minute =
      rules_->real[year] / static_cast<double>((start_of_year(plan_->calendar.year(year) + 1) - january).minutes);
  std::int64_t const tax_of_a_year = taxed > 0 ? income.tax(taxed / present, year) : 0;
  double const tax_a_krone =
      taxed > 0 ? static_cast<double>(tax_of_a_year) * static_cast<double>(present) / static_cast<double>(taxed) : 0;
  std::size_t const group = person_group(person, static_cast<std::uint32_t>(layout_->groups));
  for (std::size_t i = 0; i < pays.size(); ++i) {
    Pay each = pays[i];
    // What services do divides a stay, and changes no payment: it is rounded as one.
    for (; i + 1 < pays.size() && goes_on(each, pays[i + 1]); ++i) each.to = pays[i + 1].to;
    Cell const where = cell(group, each.piece->region, year);
    StatePayments const& flows = rules_->states[each.piece->state];
    double const minutes = a_minute * static_cast<double>(each.minutes());
    pay(flows.earnings, static_cast<double>(each.earned) * minutes, where);
    pay_benefit(flows, each, a_minute, where);
    pay(flows.tax, static_cast<double>(each.taxed()) * tax_a_krone * minutes, where);
    pay(flows.presence, rules_->presence_level[year] * minutes, where);
  }
}

void PaymentTallies::add(PaymentTallies const& other) {
  std::ranges::transform(payments_, other.payments_, payments_.begin(), std::plus{});
  std::ranges::transform(balance_, other.balance_, balance_.begin(), std::plus{});
}

void PaymentTallies::append_to(PaymentSums& sums) const {
  sums.payments.insert(sums.payments.end(), payments_.begin(), payments_.end());
  sums.balance.insert(sums.balance.end(), balance_.begin(), balance_.end());
}

}  // namespace utvei
