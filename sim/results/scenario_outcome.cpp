// SPDX-License-Identifier: Apache-2.0
#include "half_width.hpp"
#include "intervals.hpp"
#include "money_tables.hpp"
#include "paired_outcome.hpp"
#include "pairing.hpp"
#include "row_errors.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/normal.hpp>
#include <utvei/results/assumed.hpp>
#include <utvei/results/outcome_draws.hpp>
#include <utvei/results/scenario_outcome.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>

namespace utvei {
namespace {

boost::math::students_t student_of(std::size_t degrees) {
  return boost::math::students_t{static_cast<double>(degrees)};
}

double mean_of_runs(OutcomeValues const& values) {
  return std::accumulate(values.total.begin(), values.total.end(), 0.0) / static_cast<double>(values.total.size());
}

/// By draw, or by replicate where there is one.
std::vector<double> told_by_run(PairedDifferences const& paired) {
  if (paired.draws == 1) return paired.total;
  std::vector<double> runs(paired.draws, 0);
  for (std::size_t run = 0; run < paired.total.size(); ++run)
    runs[run / paired.replicates] += paired.total[run] / static_cast<double>(paired.replicates);
  return runs;
}

double spread_of(std::vector<double> const& runs, double mean) {
  double squares = 0;
  for (double const run : runs) squares += (run - mean) * (run - mean);
  return std::sqrt(squares / static_cast<double>(runs.size() - 1));
}

/// Luck that the runs tell by itself is taken apart as `compare` does.
void add_parts(PairedEstimate const& estimate, RunResult const& baseline, PairedDifferences const& paired,
               ComparedOutcome const& outcome, ScenarioOutcome& out) {
  ComparisonRow row;
  row.difference = out.difference;
  std::vector<ComparisonNote> unheard;
  fill_errors(row, estimate,
              {static_cast<double>(baseline.provenance.weight), paired.draws > 1, outcome.better, out.is_assumed},
              unheard);
  out.spread = paired.draws > 1 ? OutcomeSpread::parts : OutcomeSpread::simulation;
  if (auto const half = half_width(row)) out.sd = *half / normal_975;
  out.chance_better = row.probability_better;
}

}  // namespace

ComparedOutcome outcome_to_compare(RunResult const& baseline, RunResult const& scenario, std::string const& text,
                                   std::string_view option) {
  ComparedOutcome outcome{with_last_day(baseline, read_outcome(text, option)), {}, {}};
  BothValues const both = values_of_both(baseline, scenario, outcome.asked, present_year_of(baseline, {&scenario}));
  outcome.units = both.units;
  try {
    outcome.better = is_more_better(baseline, both.baseline, outcome.asked, {}) ? Better::more : Better::less;
  } catch (InputError const&) {
    outcome.better.reset();  // taking part, or paying, is neither good nor bad news
  }
  return outcome;
}

void expect_paired(RunResult const& baseline, RunResult const& scenario) {
  expect_same_frame(baseline, scenario);
}

ScenarioOutcome scenario_outcome(RunResult const& baseline, RunResult const& scenario, ComparedOutcome const& outcome) {
  BothValues const both = values_of_both(baseline, scenario, outcome.asked, present_year_of(baseline, {&scenario}));
  PairedDifferences const paired = difference_between(both.scenario, both.baseline);
  PairedEstimate const estimate = estimate_differences(paired).front();
  ScenarioOutcome out;
  out.baseline = mean_of_runs(both.baseline);
  out.value = mean_of_runs(both.scenario);
  out.difference = estimate.difference;
  out.is_assumed = is_main_effect_assumed(assumed_beside(baseline, scenario));
  out.runs = told_by_run(paired);
  if (estimate.monte_carlo_variance) {
    add_parts(estimate, baseline, paired, outcome, out);
  } else if (paired.draws >= least_draws_for_spread) {
    out.spread = OutcomeSpread::draws;
    out.sd = spread_of(out.runs, out.difference);
    out.degrees = out.runs.size() - 1;
    bool const is_told = outcome.better && !out.is_assumed && *out.sd > 0;
    double const gain = outcome.better == Better::less ? -out.difference : out.difference;
    if (is_told) out.chance_better = boost::math::cdf(student_of(out.degrees), gain / *out.sd);
  }
  return out;
}

double half_of_interval(double sd, int per_cent, std::size_t degrees) {
  if (degrees > 0) return sd * boost::math::quantile(student_of(degrees), 0.5 + per_cent / 200.0);
  double quantile = normal_975;
  for (Level const& level : further_levels)
    if (level.per_cent == per_cent) quantile = level.quantile;
  return quantile * sd;
}

std::optional<std::pair<double, double>> interval_of(ScenarioOutcome const& outcome, int per_cent) {
  if (!outcome.sd) return std::nullopt;
  double const half = half_of_interval(*outcome.sd, per_cent, outcome.degrees);
  return std::pair{outcome.difference - half, outcome.difference + half};
}

}  // namespace utvei
