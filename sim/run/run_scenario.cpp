// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/uncertain_inputs.hpp>
#include <utvei/document/digest.hpp>
#include <utvei/income/simulate_income.hpp>
#include <utvei/money/payments.hpp>
#include <utvei/output/inherited_rules.hpp>
#include <utvei/results/result_gate.hpp>
#include <utvei/results/weigh.hpp>
#include <utvei/run/run_scenario.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace utvei {
namespace {

RunResult simulate_prepared(Prepared& prepared, RunOptions const& options) {
  Scenario const& scenario = prepared.scenario;
  SimulateOptions simulation;
  simulation.threads = options.threads;
  simulation.stop = options.stop;
  simulation.progress = options.progress;
  simulation.warn = options.warn;
  return simulate(scenario, prepared.rates, *prepared.population, std::move(prepared.plan), simulation);
}

void add_inputs(Prepared const& prepared, RunResult& result) {
  Scenario const& scenario = prepared.scenario;
  result.inputs = uncertain_inputs(scenario, prepared.rates, *prepared.population);
  result.provenance.inputs = hashed(files_of(prepared));
  result.provenance.data_class = class_of(prepared);
  result.provenance.rows_with_status = prepared.evidence.rows;
  result.provenance.unverified_rows = prepared.evidence.unverified;
}

/// Adds the second chain and what was paid to the result, whose numbers are of people in the end; says what came out.
std::string add_income_and_weigh(Prepared const& prepared, RunOptions const& options, RunResult& result) {
  Scenario const& scenario = prepared.scenario;
  std::optional<PaymentPlan> payments;
  if (prepared.money)
    payments = plan_payments(*prepared.money, *prepared.income, scenario, class_of(prepared) == "register");
  std::string text;
  IncomeTables made;
  if (prepared.income) {
    made = simulate_income(*prepared.income, scenario, prepared.rates, *prepared.population,
                           {options.threads, options.stop, payments ? &payments->people : nullptr});
    text = describe_income(made, *prepared.population);
    std::ranges::move(made.tables, std::back_inserter(result.tables));
    std::ranges::move(made.group_tables, std::back_inserter(result.group_tables));
  }
  weigh(result, scenario.weight);
  // What a measure costs whoever takes part is not of so many people.
  if (payments)
    add_payments(*payments, std::move(made.payments), *prepared.money, *prepared.income, scenario, *prepared.population,
                 result);
  return text;
}

}  // namespace

std::vector<std::string> files_of(Prepared const& prepared) {
  std::vector<std::string> files = prepared.scenario.inputs;
  for (auto const* more : {&prepared.rates.inputs, &prepared.population->inputs})
    files.insert(files.end(), more->begin(), more->end());
  if (prepared.income) files.insert(files.end(), prepared.income->inputs.begin(), prepared.income->inputs.end());
  if (prepared.money) files.insert(files.end(), prepared.money->inputs.begin(), prepared.money->inputs.end());
  return files;
}

std::vector<InputFile> hashed(std::vector<std::string> const& paths) {
  std::vector<InputFile> files;
  for (std::string const& path : paths) {
    bool const known = std::ranges::any_of(files, [&](InputFile const& file) { return file.path == path; });
    if (!known) files.push_back({path, sha256_of_file(path)});
  }
  return files;
}

ScenarioRun run_scenario(Prepared& prepared, RunOptions const& options) {
  return complete_run(prepared, simulate_prepared(prepared, options), options);
}

ScenarioRun complete_run(Prepared const& prepared, RunResult simulated, RunOptions const& options) {
  ScenarioRun run;
  run.result = std::move(simulated);
  add_inputs(prepared, run.result);
  run.income = add_income_and_weigh(prepared, options, run.result);
  if (run.result.provenance.data_class == "register") run.income.clear();  // of people, beside the gate
  return run;
}

void hide_in_result(RunResult& result) {
  if (result.provenance.data_class != "register") return;
  std::vector<std::string> inputs;
  for (InputFile const& input : result.provenance.inputs) inputs.push_back(input.path);
  result.provenance.disclosure = inherited_rules(inputs);
  hide_cells({&result});
}

}  // namespace utvei
