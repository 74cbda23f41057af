// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include "exit_code.hpp"
#include "precision_search.hpp"
#include "prepare.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "text_output.hpp"

#include <utvei/analysis/uncertain_inputs.hpp>
#include <utvei/engine/simulate.hpp>
#include <utvei/income/simulate_income.hpp>
#include <utvei/money/payments.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/weigh.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

Place whole_file(std::string const& path) {
  return {std::make_shared<SourceText const>(SourceText{path, ""})};
}

void check_names_differ(std::vector<std::unique_ptr<Prepared>> const& prepared, Diagnostics& diagnostics) {
  std::set<std::string> names;
  for (auto const& each : prepared) {
    if (names.insert(each->scenario.name).second) continue;
    diagnostics.error(whole_file(each->scenario.path),
                      fmt::format("another scenario of this run is named `{}` too", each->scenario.name),
                      "the name is also that of the result file", "give each scenario a `name` of its own");
  }
}

std::vector<std::unique_ptr<Prepared>> prepare_all(RunArguments const& arguments, std::vector<Override> overrides,
                                                   bool shows_warnings, Session& session) {
  Diagnostics diagnostics;
  Preparation preparation{std::move(overrides), session.threads, diagnostics};
  for (std::string const& path : arguments.files) preparation.add(path);
  check_names_differ(preparation.all(), diagnostics);
  std::vector<Scenario const*> scenarios;
  for (auto const& each : preparation.all()) scenarios.push_back(&each->scenario);
  check_precision_agrees(scenarios, diagnostics);
  throw_if_errors(diagnostics);
  if (shows_warnings) session.console.show(diagnostics);
  return std::move(preparation.all());
}

/// Every file that a run reads.
std::vector<std::string> files_of(Prepared const& prepared) {
  std::vector<std::string> files = prepared.scenario.inputs;
  for (auto const* more : {&prepared.rates.inputs, &prepared.population->inputs})
    files.insert(files.end(), more->begin(), more->end());
  if (prepared.income) files.insert(files.end(), prepared.income->inputs.begin(), prepared.income->inputs.end());
  if (prepared.money) files.insert(files.end(), prepared.money->inputs.begin(), prepared.money->inputs.end());
  return files;
}

std::string result_path(RunArguments const& arguments, Scenario const& scenario) {
  return (std::filesystem::path{arguments.out} / (scenario.name + ".h5")).string();
}

/// Finds out before the work whether its results can be written.
void check_output(RunArguments const& arguments, std::vector<std::unique_ptr<Prepared>> const& prepared) {
  if (arguments.out.empty()) {
    throw InputError{Fault::usage, Place{}, "`--out` names no folder", "", "leave it out for runs, or name a folder"};
  }
  std::error_code error;
  std::filesystem::create_directories(arguments.out, error);
  if (error) {
    throw InputError{Fault::data, whole_file(arguments.out), "cannot make the folder of the results", error.message(),
                     "name another folder with --out"};
  }
  std::vector<std::string> paths;
  std::vector<std::string> inputs;
  for (auto const& each : prepared) {
    paths.push_back(result_path(arguments, each->scenario));
    auto const files = files_of(*each);
    inputs.insert(inputs.end(), files.begin(), files.end());
  }
  check_outputs(paths, inputs);
}

/// Life courses that are made from a register stay where it is: said before the work.
void check_life_courses_allowed(RunArguments const& arguments, std::vector<std::unique_ptr<Prepared>> const& prepared) {
  Diagnostics diagnostics;
  for (auto const& each : prepared) {
    if (each->scenario.life_courses.kind == LifeCourseRequest::Kind::none) continue;
    collecting(diagnostics, [&] {
      require_disclosure_cleared(class_of(*each), audience_of(arguments.inside),
                                 result_path(arguments, each->scenario));
    });
  }
  throw_if_errors(diagnostics);
}

RunResult simulate_one(Prepared& prepared, Session& session) {
  Scenario const& scenario = prepared.scenario;
  ProgressBar bar{session.console, scenario.name, !session.quiet};
  SimulateOptions options;
  options.threads = session.threads;
  options.stop = &session.signals.stop();
  options.progress = [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); };
  options.warn = [&](std::string const& text) {
    Diagnostics diagnostics;
    diagnostics.warning(whole_file(scenario.path), text,
                        "the data say hardly anything of their rates: no events, or very few",
                        "look at rates with a large log_se");
    session.console.show(diagnostics);
  };
  RunResult result = simulate(scenario, prepared.rates, *prepared.population, std::move(prepared.plan), options);
  result.inputs = uncertain_inputs(scenario, prepared.rates, *prepared.population);
  result.provenance.inputs = hashed(files_of(prepared));
  result.provenance.data_class = class_of(prepared);
  result.provenance.rows_with_status = prepared.evidence.rows;
  result.provenance.unverified_rows = prepared.evidence.unverified;
  add_program(result.provenance, session);
  return result;
}

/// Adds the second chain and what was paid to the result, whose numbers are of people in the end; says what came out.
std::string add_income_and_weigh(Prepared const& prepared, Session& session, RunResult& result) {
  Scenario const& scenario = prepared.scenario;
  std::optional<PaymentPlan> payments;
  if (prepared.money)
    payments = plan_payments(*prepared.money, *prepared.income, scenario, class_of(prepared) == "register");
  std::string text;
  IncomeTables made;
  if (prepared.income) {
    made = simulate_income(*prepared.income, scenario, prepared.rates, *prepared.population,
                           {session.threads, &session.signals.stop(), payments ? &payments->people : nullptr});
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

/// A scenario that was simulated, and how long it took.
struct Finished {
  RunResult result;
  std::string income;
  double seconds{0};
};

Finished simulate_whole(Prepared& prepared, Session& session) {
  auto const begun = std::chrono::steady_clock::now();
  FinishStep const running{session.signals};
  Finished finished;
  finished.result = simulate_one(prepared, session);
  finished.income = add_income_and_weigh(prepared, session, finished.result);
  finished.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return finished;
}

/// A line of the report: what was run, where the result is, how long it took.
nlohmann::ordered_json save_one(Prepared const& prepared, Finished const& finished, std::string const& path,
                                Session& session) {
  save_result(finished.result, path);
  throw_if_stopped(session.signals);
  std::size_t const persons = prepared.population->size();
  session.tell(fmt::format("{}: {} persons, {} to {}, {:.1f} s: {}\n", prepared.scenario.name, grouped(persons),
                           format(prepared.scenario.start), format(prepared.scenario.end), finished.seconds, path) +
               finished.income);
  return {{"scenario", prepared.scenario.name}, {"file", path}, {"persons", persons}, {"seconds", finished.seconds}};
}

using Report = nlohmann::ordered_json;

/// One scenario after another: each result is written before the next is made.
Report run_each(RunArguments const& arguments, std::vector<std::unique_ptr<Prepared>> const& prepared,
                Session& session) {
  Report report = Report::array();
  for (auto const& each : prepared)
    report.push_back(save_one(*each, simulate_whole(*each, session), result_path(arguments, each->scenario), session));
  return report;
}

/// All scenarios again with more draws or replicates, until the outcome is known as well as was asked for.
Report run_until_known(RunArguments const& arguments, std::vector<std::unique_ptr<Prepared>> prepared,
                       Session& session) {
  PrecisionSearch search{prepared.front()->scenario};
  while (true) {
    if (search.is_another_number(prepared.front()->scenario)) {
      auto overrides = overrides_of(arguments.overrides);
      overrides.push_back(search.override_of_number());
      prepared = prepare_all(arguments, std::move(overrides), false, session);
    }
    std::vector<Finished> finished;
    std::vector<RunResult const*> results;
    for (auto const& each : prepared) finished.push_back(simulate_whole(*each, session));
    for (Finished const& one : finished) results.push_back(&one.result);
    bool const is_over = search.look_at(results);
    session.tell(search.message());
    if (!is_over) continue;
    Report report = Report::array();
    for (std::size_t i = 0; i < prepared.size(); ++i) {
      finished[i].result.provenance.precision = search.report().dump();
      report.push_back(save_one(*prepared[i], finished[i], result_path(arguments, prepared[i]->scenario), session));
      report.back()["precision"] = search.report();
    }
    return report;
  }
}

}  // namespace

int run_command(RunArguments const& arguments, Session& session) {
  auto prepared = prepare_all(arguments, overrides_of(arguments.overrides), true, session);
  check_life_courses_allowed(arguments, prepared);
  check_output(arguments, prepared);
  bool const has_precision = prepared.front()->scenario.precision.has_value();
  Report const report =
      has_precision ? run_until_known(arguments, std::move(prepared), session) : run_each(arguments, prepared, session);
  if (arguments.format == "json") session.console.data(report.dump(2) + "\n");
  return exit_ok;
}

}  // namespace utvei
