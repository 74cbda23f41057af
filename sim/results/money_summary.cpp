// SPDX-License-Identifier: Apache-2.0
#include "money_tables.hpp"
#include "pair_tables.hpp"
#include "year_weights.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/model/accounts.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// Sums up to the end of each year, one line an answer.
std::vector<std::vector<double>> cumulated(MoneyFrames const& frames, RunResult const& baseline,
                                           RunResult const& scenario, std::size_t ledger, int present_year) {
  auto runs = gains_by_year(frames, baseline, scenario, ledger, present_year);
  if (runs.empty()) return runs;
  std::size_t const years = runs.front().size();
  // With several draws each draw is one answer; without, each replicate.
  Table const& balance = *baseline.table("balance");
  std::size_t const replicates = length_of(balance, "replicate");
  if (length_of(balance, "draw") == 1) return runs;
  std::vector<std::vector<double>> draws(runs.size() / replicates, std::vector<double>(years, 0));
  for (std::size_t r = 0; r < runs.size(); ++r)
    for (std::size_t y = 0; y < years; ++y) draws[r / replicates][y] += runs[r][y] / static_cast<double>(replicates);
  return draws;
}

/// Years from the present year to the end of the first year from which on the sum stays at nothing or above; nothing
/// where it is below at the end of the horizon. Before something differs there is nothing to earn back.
std::optional<int> breaks_even_after(std::vector<double> const& sums, int years_before) {
  if (sums.back() < 0) return std::nullopt;
  std::size_t begins = 0;
  while (begins + 1 < sums.size() && sums[begins] == 0) ++begins;
  std::size_t year = sums.size() - 1;
  while (year > begins && sums[year - 1] >= 0) --year;
  return std::max(1, static_cast<int>(year) + 1 + years_before);
}

BreakEven break_even_of(MoneyFrames const& frames, RunResult const& baseline, RunResult const& scenario,
                        std::size_t ledger, int present_year) {
  BreakEven result;
  result.ledger = ledger_names[ledger];
  LedgerYears const years = ledger_years(baseline);
  std::size_t const whole = years.last_whole ? *years.last_whole + 1 : years.count;
  result.horizon = years.first + static_cast<int>(whole) - present_year;
  std::vector<std::optional<int>> after;
  for (auto& run : cumulated(frames, baseline, scenario, ledger, present_year)) {
    run.resize(whole);  // a part of a year is not looked at
    bool const is_nothing = std::ranges::all_of(run, [](double sum) { return sum == 0; });
    if (!is_nothing) after.push_back(breaks_even_after(run, years.first - present_year));
  }
  result.answers = after.size();
  if (after.empty()) return result;
  auto const never_last = [](std::optional<int> a, std::optional<int> b) { return a && (!b || *a < *b); };
  std::ranges::sort(after, never_last);
  result.median = after[after.size() / 2];
  if (after.size() < 2) return result;
  // Jeffreys' estimate: a chance is not 0 or 1 because of a few answers.
  auto const chance = [&](auto count) {
    return (static_cast<double>(count) + 0.5) / (static_cast<double>(after.size()) + 1);
  };
  result.never = chance(std::ranges::count_if(after, [](auto const& a) { return !a; }));
  for (int const within : {5, 10, 20}) {
    if (within > result.horizon) continue;
    result.chances.emplace_back(within,
                                chance(std::ranges::count_if(after, [&](auto const& a) { return a && *a <= within; })));
  }
  return result;
}

double total_variance(PairedEstimate const& estimate) {
  return estimate.monte_carlo_variance.value_or(0) + estimate.parameter_variance.value_or(0);
}

/// Cost and effect side by side, and their sum, in units of what they are, so that the variance of the sum shows how
/// they go together.
Table side_by_side(Table const& cost, Table const& effect, double unit_of_cost, double unit_of_effect) {
  std::size_t const ledgers = ledger_names.size();
  Table both = effect;
  both.name = both.quantity = "cost_and_effect";
  both.dimensions.push_back({"part", {"cost", "effect", "sum"}});
  std::vector<std::string> keep;
  for (Dimension const& dimension : effect.dimensions) keep.push_back(dimension.name);
  keep.emplace_back("ledger");
  std::vector<double> const all = marginal(cost, keep);
  std::vector<double> values;
  for (std::size_t i = 0; i < effect.size(); ++i) {
    double const c = -all[i * ledgers + public_purse_ledger] / unit_of_cost;
    double const e = effect.value(i) / unit_of_effect;
    values.insert(values.end(), {c, e, c + e});
  }
  both.values = std::move(values);
  return both;
}

/// Fieller's interval of a ratio of means (Fieller 1954, JRSS B 16:175-185); nothing where that of the effect holds 0.
std::optional<CostPerYear> cost_per_year(MoneyFrames const& frames) {
  std::string const work{present_work};
  RunResult const& before = frames.baseline;
  RunResult const& after = frames.scenario;
  if (!before.table(work) || !after.table(work)) return std::nullopt;
  std::vector<std::string> const ledger{"ledger"};
  double const runs =
      static_cast<double>(length_of(*before.table(work), "draw") * length_of(*before.table(work), "replicate"));
  double const saved =
      marginal_difference(*after.table("present_value"), *before.table("present_value"), ledger)[public_purse_ledger] /
      runs;
  double const years = marginal_difference(*after.table(work), *before.table(work), {})[0] / runs;
  if (years == 0 || saved == 0) return std::nullopt;
  double const unit_c = std::abs(saved);
  double const unit_e = std::abs(years);
  RunResult left, right;
  for (auto const& [from, to] : {std::pair{&before, &left}, std::pair{&after, &right}}) {
    to->provenance = from->provenance;
    to->tables.push_back(side_by_side(*from->table("present_value"), *from->table(work), unit_c, unit_e));
    if (from->group_table(work) && from->group_table("present_value"))
      to->group_tables.push_back(
          side_by_side(*from->group_table("present_value"), *from->group_table(work), unit_c, unit_e));
    if (Table const* const persons = from->group_table("persons")) to->group_tables.push_back(*persons);
  }
  std::vector<ComparisonNote> unheard;
  auto const estimates =
      estimate_differences(pair_tables(left, right, left.tables.front(), right.tables.front(), {"part"}, unheard));
  CostPerYear result{-saved, years, false, std::nullopt, std::nullopt, std::nullopt};
  double const c = estimates[0].difference;
  double const e = estimates[1].difference;
  if (!estimates[0].monte_carlo_variance) return result;
  result.error_is_known = true;
  double const var_c = total_variance(estimates[0]);
  double const var_e = total_variance(estimates[1]);
  double const cov = (total_variance(estimates[2]) - var_c - var_e) / 2;
  double const z2 = normal_975 * normal_975;
  double const a = e * e - z2 * var_e;
  if (a <= 0 || e <= 0) return result;
  double const b = c * e - z2 * cov;
  double const root = std::sqrt(std::max(0.0, b * b - a * (c * c - z2 * var_c)));
  double const unit = unit_c / unit_e;
  result.kroner = c / e * unit;
  result.low_95 = (b - root) / a * unit;
  result.high_95 = (b + root) / a * unit;
  return result;
}

/// Adds the present value of each payment to those of its accounts.
void add_kinds(RunResult const& result, int present_year, double sign,
               std::map<std::string, std::map<std::string, double>>& by_kind) {
  Table const* const payments = result.table("payments");
  if (payments == nullptr) return;
  LedgerYears const years = ledger_years(result);
  auto const weight = year_weights(*result.ledgers, present_year, years);
  double const again = residual_weight(*result.ledgers, present_year, years);
  std::vector<double> const paid = marginal(*payments, {"year", "payment"});
  auto const runs = static_cast<double>(length_of(*payments, "draw") * length_of(*payments, "replicate"));
  for (std::size_t k = 0; k < result.payments.size(); ++k) {
    PaymentInfo const& info = result.payments[k];
    double worth = 0;
    for (std::size_t y = 0; y < years.count; ++y) worth += weight[y] * paid[y * result.payments.size() + k];
    // What measures cost after the run is in the ledgers alone.
    if (years.last_whole && info.kind != "measure")
      worth += again * paid[*years.last_whole * result.payments.size() + k];
    by_kind[info.from][info.kind] -= sign * worth / runs;
    by_kind[info.to][info.kind] += sign * worth / runs;
  }
}

}  // namespace

std::vector<std::vector<double>> gains_by_year(MoneyFrames const& frames, RunResult const& baseline,
                                               RunResult const& scenario, std::size_t ledger, int present_year) {
  LedgerRules const& rules = *baseline.ledgers;
  LedgerYears const years = ledger_years(baseline);
  auto const before = balances(baseline, "balance", {}, rules.displacement, frames.loss);
  auto const after = balances(scenario, "balance", {}, rules.displacement, frames.loss);
  if (!before || !after) return {};
  auto const weight = year_weights(rules, present_year, years);
  std::vector<std::vector<double>> runs(before->size() / (years.count * accounts), std::vector<double>(years.count, 0));
  for (std::size_t i = 0; i < before->size(); ++i)
    runs[i / (years.count * accounts)][i / accounts % years.count] +=
        weight[i / accounts % years.count] * ledger_share(ledger, i % accounts, rules.tax_cost) *
        ((*after)[i] - (*before)[i]);
  for (auto& run : runs)
    for (std::size_t y = 1; y < run.size(); ++y) run[y] += run[y - 1];
  return runs;
}

MoneySummary summarise_money(MoneyFrames const& frames, RunResult const& baseline, RunResult const& scenario,
                             int present_year) {
  MoneySummary summary;
  summary.present_year = present_year;
  summary.rules = *baseline.ledgers;
  for (std::size_t const ledger : {public_purse_ledger, society_ledger})
    summary.break_even.push_back(break_even_of(frames, baseline, scenario, ledger, present_year));
  summary.cost_per_year = cost_per_year(frames);
  summary.draws = length_of(*baseline.table("balance"), "draw");
  std::ranges::copy_if(scenario.unpriced, std::back_inserter(summary.unpriced), [&](UnpricedInfo const& effect) {
    return std::ranges::find(baseline.unpriced, effect) == baseline.unpriced.end();
  });
  if (baseline.table("payments") && scenario.table("payments")) {
    add_kinds(baseline, present_year, -1, summary.by_kind);
    add_kinds(scenario, present_year, 1, summary.by_kind);
  }
  return summary;
}

}  // namespace utvei
