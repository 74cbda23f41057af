// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/time.hpp>
#include <utvei/model/accounts.hpp>
#include <utvei/model/model.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// A share of what somebody has in a state that goes from one account to another.
struct PaymentFlow {
  std::size_t payment{0};  ///< what it is counted as
  Account from{Account::state};
  Account to{Account::person};
  double share{1};
};

/// Who pays what while somebody is in a state.
struct StatePayments {
  std::vector<PaymentFlow> earnings;
  Duration first{0};                       ///< of a stay
  std::vector<PaymentFlow> first_benefit;  ///< during which these hold
  std::vector<PaymentFlow> benefit;        ///< in place of these; fixed amounts of the income file as well
  std::vector<PaymentFlow> tax;            ///< of that on earnings, benefits and taxed amounts of the state
  std::vector<PaymentFlow> presence;       ///< `share`: kroner a year, at the level of `presence_level`
};

/// What payments are counted, in real kroner.
struct PaymentRules {
  Column<StateId, StatePayments> states;
  std::size_t payments{0};             ///< how many kinds there are
  std::vector<double> real;            ///< by calendar year of the run: real kroner that one of that year is
  std::vector<double> presence_level;  ///< likewise: kroner of that year that one of `presence` is
  bool by_region{false};
};

/// Sums over people, in whole real kroner.
struct PaymentSums {
  std::vector<std::string> regions;  ///< codes; empty: not by region
  std::vector<std::string> years;
  std::size_t draws{1}, replicates{1}, groups{1};
  std::vector<std::int64_t> payments;  ///< [draw][replicate][region][year][payment]
  std::vector<std::int64_t> balance;   ///< [draw][replicate][group][region][year][account]: received less paid
  std::vector<std::int64_t> passing;   ///< of it, what does not come again after the run; empty: nothing
};

}  // namespace utvei
