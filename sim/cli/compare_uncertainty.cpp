// SPDX-License-Identifier: Apache-2.0
#include "compare_uncertainty.hpp"

#include "decision_text.hpp"
#include "exit_code.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Of what is made from a register, an outcome is shown if all numbers that go into it are.
void check_outcome_shown(std::string const& outcome, std::vector<RunResult> const& results, bool inside) {
  if (inside) return;
  std::vector<RunResult const*> all;
  for (RunResult const& result : results) all.push_back(&result);
  ResultGate const gate{all};
  if (gate.is_open()) return;
  auto const cells = cells_of_outcome(results.front(), outcome);
  if (!cells.empty() && std::ranges::none_of(cells, [&](NamedCell const& cell) { return gate.hides(cell); })) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` of class register was not shown", outcome),
                   "it is of few people, would give such away, or is kroner, and may tell of single people",
                   "add --inside to keep it there, or ask for another --outcome"};
}

/// Rates that a register gave stay with it; what they mean for an outcome may be told.
void hide_rates(DecisionUncertainty& found) {
  for (InputInfluence& input : found.inputs) {
    if (input.kind != UncertainInput::Kind::rates && input.kind != UncertainInput::Kind::limit &&
        input.kind != UncertainInput::Kind::calibration)
      continue;
    input.at_10.reset();
    input.at_90.reset();
    for (InputSwing& swing : input.swings) swing.break_even.reset();
  }
}

}  // namespace

bool asks_for_uncertainty(CompareArguments const& arguments) {
  bool const asks = arguments.value_of_information || arguments.tornado;
  if (!asks && !arguments.outcome.empty())
    throw InputError{Fault::usage, Place{}, "--outcome stands with --value-of-information or --tornado",
                     "differences are of all outcomes", "add one of the two, or choose tables with --of"};
  return asks;
}

int tell_uncertainty(std::vector<RunResult> const& results, CompareArguments const& arguments,
                     CompareOptions const& options, Session& session) {
  RunResult const& baseline = results.front();
  std::vector<RunResult const*> scenarios;
  std::string data_class = baseline.provenance.data_class;
  for (std::size_t i = 1; i < results.size(); ++i) {
    scenarios.push_back(&results[i]);
    data_class = strictest({data_class, results[i].provenance.data_class});
  }
  DecisionReport report;
  report.view = {arguments.value_of_information, arguments.tornado};
  report.baseline = baseline.provenance.scenario_name;
  report.outcome =
      outcome_draws(baseline, scenarios,
                    arguments.outcome.empty() ? usual_outcome(baseline, scenarios) : arguments.outcome, options.better);
  check_outcome_shown(report.outcome.text, results, arguments.inside);
  report.inputs = decision_inputs(baseline, scenarios);
  report.found = decision_uncertainty(report.outcome, report.inputs.drawn);
  report.labels = {{baseline.states, baseline.measures}, baseline.region_names};
  report.labels.of.states.insert(report.labels.of.states.end(), baseline.definitions.begin(),
                                 baseline.definitions.end());
  for (RunResult const* const scenario : scenarios)
    report.labels.of.measures.insert(report.labels.of.measures.end(), scenario->measures.begin(),
                                     scenario->measures.end());
  if (data_class == "register" && !arguments.inside) hide_rates(report.found);
  session.console.data(arguments.format == "csv"    ? decision_csv(report)
                       : arguments.format == "json" ? decision_json(report)
                                                    : decision_text(report, session.language));
  return exit_ok;
}

}  // namespace utvei
