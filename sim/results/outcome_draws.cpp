// SPDX-License-Identifier: Apache-2.0
#include "directions.hpp"
#include "money_tables.hpp"
#include "paired_outcome.hpp"
#include "pairing.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/results/counted_days.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/outcome_draws.hpp>

#include <algorithm>
#include <numeric>

namespace utvei {
namespace {

double mean_over_runs(OutcomeValues const& values) {
  return std::accumulate(values.total.begin(), values.total.end(), 0.0) / static_cast<double>(values.total.size());
}

std::vector<double> means_of_draws(PairedDifferences const& paired) {
  std::vector<double> means(paired.draws, 0);
  for (std::size_t run = 0; run < paired.total.size(); ++run)
    means[run / paired.replicates] += paired.total[run] / static_cast<double>(paired.replicates);
  return means;
}

/// Variance by luck of the difference in one draw.
std::optional<double> luck_of(PairedDifferences const& difference) {
  PairedEstimate const estimate = estimate_differences(difference).front();
  if (!estimate.run_variance) return std::nullopt;
  return *estimate.run_variance / static_cast<double>(difference.replicates);
}

/// cov(a, b) = (var(a) + var(b) − var(a − b)) / 2.
std::optional<std::vector<std::vector<double>>> covariance_of_luck(std::vector<PairedDifferences> const& all) {
  std::vector<std::vector<double>> covariance(all.size(), std::vector<double>(all.size(), 0));
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const own = luck_of(all[i]);
    if (!own) return std::nullopt;
    covariance[i][i] = *own;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      auto const between = luck_of(less(all[i], all[j]));
      if (!between) return std::nullopt;
      covariance[i][j] = covariance[j][i] = (covariance[i][i] + covariance[j][j] - *between) / 2;
    }
  }
  return covariance;
}

}  // namespace

AskedOutcome with_last_day(RunResult const& result, AskedOutcome asked) {
  if (adds_up_over_years(asked.of)) return asked;
  auto const table = std::ranges::find_if(result.tables, [&](Table const& one) {
    return (one.quantity == asked.of || one.name == asked.of) && one.axis("year") && !adds_up_over_years(one.quantity);
  });
  if (table == result.tables.end()) return asked;
  auto const& years = table->dimensions[*table->axis("year")].labels;
  CountedDays const days{result, *table, {"year"}};
  std::size_t last = years.size() - 1;
  while (last > 0 && !days.contains(last)) --last;
  asked.where.try_emplace("year", std::vector{years[last]});
  if (length_of(*table, "stock_date") > 1)
    asked.where.try_emplace("stock_date", std::vector{table->dimensions[*table->axis("stock_date")].labels.back()});
  return asked;
}

std::string usual_outcome(RunResult const& baseline, std::vector<RunResult const*> const& scenarios) {
  bool const has_money =
      baseline.ledgers && std::ranges::all_of(scenarios, [](RunResult const* one) { return one->ledgers.has_value(); });
  if (has_money) return "present_value,state=society";
  if (std::ranges::find(baseline.states, "work", &StateInfo::group) != baseline.states.end())
    return "person_years,state=work";
  throw InputError{Fault::usage, Place{}, "no outcome to look at", "the results have no states of the group `work`",
                   "name one: --outcome person_years,state=NAME"};
}

OutcomeDraws outcome_draws(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                           std::string const& text, std::map<std::string, Better> const& better) {
  AskedOutcome const asked = with_last_day(baseline, read_outcome(text, "--outcome"));
  int const present_year = present_year_of(baseline, scenarios);
  OutcomeDraws out;
  out.text = text;
  std::vector<PairedDifferences> all;
  for (RunResult const* const scenario : scenarios) {
    expect_same_frame(baseline, *scenario);
    BothValues const both = values_of_both(baseline, *scenario, asked, present_year);
    if (all.empty()) {
      out.less_is_better = !is_more_better(baseline, both.baseline, asked, better);
      out.units = both.units;
      out.baseline = mean_over_runs(both.baseline);
      out.cells = both.baseline.cells;
    }
    out.cells.insert(out.cells.end(), both.scenario.cells.begin(), both.scenario.cells.end());
    all.push_back(difference_between(both.scenario, both.baseline));
    out.scenarios.push_back(scenario->provenance.scenario_name);
    out.differences.push_back(means_of_draws(all.back()));
  }
  out.luck = covariance_of_luck(all);
  return out;
}

}  // namespace utvei
