// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "year_weights.hpp"

#include <utvei/results/compare.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Payers, then the public purse (municipality to state together) and society.
inline constexpr std::array<std::string_view, 8> ledger_names{
    "person", "employer", "municipality", "county", "health_authority", "state", "public_purse", "society",
};
inline constexpr std::size_t public_purse_ledger = 6;
inline constexpr std::size_t society_ledger = 7;

/// What present values are computed with.
struct MoneyVariant {
  std::string table;  ///< name of the table that it makes
  LedgerRules rules;
};
/// `present_value` itself, then one assumption changed at a time.
std::vector<MoneyVariant> money_variants(LedgerRules const& rules);
/// Name of the table of discounted years in work.
inline constexpr std::string_view present_work = "present_years_in_work";

/// What each account loses when somebody else is out of a year of such work as a scenario wins. Empty where the tables
/// do not tell it.
using DisplacedLoss = std::vector<double>;

/// Tables by ledger, made of the balances of two results, as if a run had counted them.
struct MoneyFrames {
  RunResult baseline, scenario;
  DisplacedLoss loss;
};
/// Nothing where one of the two counts no money, or by other conventions; a note says so.
std::optional<MoneyFrames> money_frames(RunResult const& baseline, RunResult const& scenario, int present_year,
                                        std::vector<ComparisonNote>& notes);

/// The year of present values: as the rules say, or the first year of a measure that the baseline has not, or of the
/// run.
int present_year_of(RunResult const& baseline, std::vector<RunResult const*> const& scenarios);

/// What is no sum over years: when the money is earned back, what a year in work costs.
MoneySummary summarise_money(MoneyFrames const& frames, RunResult const& baseline, RunResult const& scenario,
                             int present_year);

/// Discounted differences of one ledger, summed up to the end of each year, one line a draw and replicate. Empty where
/// the tables do not tell it.
std::vector<std::vector<double>> gains_by_year(MoneyFrames const& frames, RunResult const& baseline,
                                               RunResult const& scenario, std::size_t ledger, int present_year);

LedgerYears ledger_years(RunResult const& result);
/// What each account's krone is in a ledger.
double ledger_share(std::size_t ledger, std::size_t account, double tax_cost);

/// Which tables of a result are looked at.
struct MoneyView {
  bool by_group{false};
  bool by_region{false};
};
/// The balances of a table (balance, or passing_balance), with what displaced jobs take from them:
/// [draw][replicate][group][region][year][account]. Nothing where the tables do not tell it.
std::optional<std::vector<double>> balances(RunResult const& result, std::string const& table, MoneyView view,
                                            double displacement, DisplacedLoss const& loss);

}  // namespace utvei
