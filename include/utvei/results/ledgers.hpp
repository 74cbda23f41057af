// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A payment that a result counts: what for, from whom to whom.
struct PaymentInfo {
  std::string name;      ///< the label along `payment`: `aap: benefit`
  std::string kind;      ///< earnings, benefit, tax, production, services, time or measure
  std::string from, to;  ///< accounts
  std::string of_state;  ///< while somebody is in it; empty: of a measure
  std::string of_measure;
  friend bool operator==(PaymentInfo const&, PaymentInfo const&) = default;
};

/// What a measure does that has no price.
struct UnpricedInfo {
  std::string measure;
  std::string label_nb, label_nn, label_en;
  std::string who, size;
  bool is_better{true};
  friend bool operator==(UnpricedInfo const&, UnpricedInfo const&) = default;
};

/// The discount rate from so many years after the year of present values on.
struct DiscountPeriod {
  double from{0};  ///< years
  double rate{0};  ///< a year; forward: it discounts the years of its own period
  friend bool operator==(DiscountPeriod const&, DiscountPeriod const&) = default;
};

/// When in its year an amount falls.
enum class Counted { start, middle, end };

/// What a society's ledgers are kept by. Inputs, all of them.
struct LedgerRules {
  int kroner_of{0};                      ///< the year whose kroner amounts are in
  std::optional<int> present_year;       ///< of present values; none: the first year of a measure, or of the run
  std::vector<DiscountPeriod> discount;  ///< rising, the first from 0
  double tax_cost{0};                    ///< what society loses for each krone of taxes
  Counted counted{Counted::middle};
  std::optional<double> residual_years{0};  ///< the difference of the last whole year goes on so long; none: for ever
  double displacement{0};                   ///< share of the jobs won that others lose
  std::string displaced_to;                 ///< the state in which these are instead; empty: none are told
  double price_growth{0};                   ///< of consumer prices, a year
  double value_of_time{0};                  ///< kroner that a year of somebody's time is worth, given up for work
  std::string conventions;                  ///< all else that two results must share for their money to be compared
  std::string policy;                       ///< who pays and what taxes go where: a scenario may change it
  std::vector<std::string> unverified;      ///< keys of the money file that nobody has verified
  std::map<std::string, int> first_years;   ///< of this scenario's measures that begin in the run
  friend bool operator==(LedgerRules const&, LedgerRules const&) = default;
};

/// What one krone is worth `years` after the year of present values began. Negative years: before it, at the first
/// rate.
double discount_factor(std::vector<DiscountPeriod> const& periods, double years);

/// The worth of amounts of successive years, the first of which is `first_year` - `present_year` away.
/// `rules.residual_years` is added for the last of them.
double present_value(LedgerRules const& rules, int present_year, int first_year, std::vector<double> const& by_year);

}  // namespace utvei
