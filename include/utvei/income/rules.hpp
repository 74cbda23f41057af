// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Where somebody is in the second chain, in a whole calendar year.
enum class IncomeState : std::uint8_t { not_low, low, persistently_low, not_counted };
inline constexpr std::array<std::string_view, 3> income_state_names{"not_low", "low", "persistently_low"};

/// What a number of money means.
enum class MoneyUnit : std::uint8_t {
  kroner,        ///< a year, of the year that `kroner_of` names
  base_amounts,  ///< a year, in G
  factor         ///< no money: multiplies an amount
};

/// A yearly amount, or a factor, for each kind of people: the most special row holds. A constant is one row for all.
struct AmountRule {
  MoneyUnit unit{MoneyUnit::kroner};
  std::vector<Rate> rows;  ///< `rate_per_year` is the number, in `unit`
  std::string path;        ///< of the table; empty: a constant
  Place place;             ///< where the income file says it
};

/// The mean of the `best` of the last `years` calendar years, in base amounts of each year.
struct EarlierEarnings {
  int years{1};
  int best{1};
};
inline constexpr int most_earlier_years = 5;

/// A benefit that follows earnings: grade × max(floor, share × min(earnings, ceiling)).
struct Benefit {
  double share{1};
  bool of_full_earnings{false};          ///< of what the person would earn now; pay that goes on
  std::vector<EarlierEarnings> earlier;  ///< otherwise: the highest of these, as they were before the benefit began
  std::optional<AmountRule> ceiling;     ///< of the earnings that count
  std::optional<AmountRule> floor;       ///< of the benefit
  double grade{1};
  Place place;
};

/// What people have to live on while they are in a state, a year.
struct StateIncome {
  bool outside{false};  ///< dead or abroad: nobody counts in a year with any time here
  double earnings{0};   ///< share of full earnings
  std::optional<Benefit> benefit;
  std::optional<AmountRule> amount;
  bool taxed{true};         ///< the amount
  double earned_before{0};  ///< share of full earnings, each year before the run, of who begins the run here
};

/// Of taxable income above a yearly amount.
struct TaxBracket {
  double above{0};
  MoneyUnit unit{MoneyUnit::kroner};
  double rate{0};
};

/// One step of a way over both chains: to be in one of the states, or to end a year in one of the income states.
struct IncomeStep {
  std::string name;
  std::vector<bool> states;      ///< by StateId; empty: an income step
  std::array<bool, 3> income{};  ///< by IncomeState
  Place place;
  [[nodiscard]] bool is_income() const { return states.empty(); }
};
struct IncomePathway {
  std::string name;
  std::vector<IncomeStep> steps;  ///< two or more
};

/// An income file, checked against a model. Immutable.
struct IncomeRules {
  std::string path;
  std::string name;
  std::map<int, double> base_amounts;  ///< kroner by calendar year, without holes
  Place base_amounts_place;
  std::optional<double> growth;  ///< of G, a year, after the last year of the table
  int kroner_of{0};
  AmountRule full_earnings;
  std::vector<AmountRule> earnings_factors;
  double spread{0};  ///< standard deviation of the log of a person's own factor; its mean is 1
  Column<StateId, StateIncome> states;
  std::vector<TaxBracket> taxes;        ///< rising; empty: amounts are after tax
  std::optional<AmountRule> per_child;  ///< to the household, for each child, untaxed
  Duration children_below;              ///< age at the end of the year
  double share_of_median{0.6};
  std::int64_t histogram_width{0};  ///< kroner; 0: none is kept
  std::int64_t histogram_bins{0};
  std::vector<IncomePathway> pathways;
  std::string data_class{"synthetic"};  ///< the strictest of the tables
  std::vector<std::string> inputs;      ///< every file that was read
};

/// G of a year: of the table, or grown from its last year. Nothing where neither says it.
std::optional<double> base_amount_of(IncomeRules const& rules, int year);

/// Reads `utvei: income/1` (docs/formats/income.md) and the tables it names. `model`: the scenario's; nullptr: the one
/// that the file names. Whatever is wrong goes to the diagnostics.
IncomeRules read_income(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                        Model const* model, Diagnostics& diagnostics);

}  // namespace utvei
