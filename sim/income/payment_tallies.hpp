// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "income_tallies.hpp"
#include "person_income.hpp"

#include <utvei/income/payments.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// What one thread has counted of who pays what. Each payment of a stretch of a life is rounded to whole kroner once,
/// and taken from one account as it is given to the other: accounts sum to nothing.
class PaymentTallies {
 public:
  PaymentTallies(PaymentRules const& rules, IncomePlan const& plan, IncomeLayout const& layout);

  /// One calendar year of a person. `income` knows the taxes.
  void see(PersonIncome const& income, PersonKey person, std::size_t year, std::span<Pay const> pays);
  void add(PaymentTallies const& other);
  void append_to(PaymentSums& sums) const;

 private:
  struct Cell {
    std::size_t payments, balance;  ///< where the numbers of a region and year begin
  };
  [[nodiscard]] Cell cell(std::size_t group, RegionId region, std::size_t year) const;
  void pay(std::vector<PaymentFlow> const& flows, double kroner, Cell const& where);
  void pay_benefit(StatePayments const& flows, Pay const& pay, double a_minute, Cell const& where);

  PaymentRules const* rules_;
  IncomePlan const* plan_;
  IncomeLayout const* layout_;
  std::size_t regions_;
  std::vector<std::int64_t> payments_;  ///< [region][year][payment]
  std::vector<std::int64_t> balance_;   ///< [group][region][year][account]
};

}  // namespace utvei
