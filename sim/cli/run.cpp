// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include "exit_code.hpp"
#include "hide_runs.hpp"
#include "precision_search.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "text_output.hpp"

#include <utvei/output/result_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>
#include <utvei/run/run_scenario.hpp>
#include <utvei/run/together.hpp>

#include <algorithm>
#include <filesystem>
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

RunOptions options_of(Scenario const& scenario, ProgressBar& bar, Session& session) {
  RunOptions options;
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
  return options;
}

/// A scenario that was simulated, and how long it took.
struct Finished {
  RunResult result;
  std::string income;
  double seconds{0};
  std::string together_with{};  ///< the baseline that it was simulated with, whose time is in the seconds
  double part_followed{1};      ///< of its lives
};

double seconds_since(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

Finished simulate_whole(Prepared& prepared, Session& session) {
  auto const begun = std::chrono::steady_clock::now();
  FinishStep const running{session.signals};
  ProgressBar bar{session.console, prepared.scenario.name, !session.quiet};
  ScenarioRun run = run_scenario(prepared, options_of(prepared.scenario, bar, session));
  add_program(run.result.provenance, session);
  Finished finished{std::move(run.result), std::move(run.income)};
  finished.seconds = seconds_since(begun);
  return finished;
}

/// A line of the report: what was run, where the result is, how long it took.
nlohmann::ordered_json save_one(Prepared const& prepared, Finished finished, std::string const& path,
                                Session& session) {
  hide_in_result(finished.result);
  save_result(finished.result, path);
  throw_if_stopped(session.signals);
  std::size_t const persons = prepared.population->size();
  bool const is_beside = !finished.together_with.empty();
  std::string const beside = is_beside ? fmt::format(" with {}, {:.0f} % of the lives anew", finished.together_with,
                                                     100 * finished.part_followed)
                                       : std::string{};
  session.tell(fmt::format("{}: {} persons, {} to {}, {:.1f} s{}: {}\n", prepared.scenario.name, grouped(persons),
                           format(prepared.scenario.start), format(prepared.scenario.end), finished.seconds, beside,
                           path) +
               finished.income);
  nlohmann::ordered_json line{
      {"scenario", prepared.scenario.name}, {"file", path}, {"persons", persons}, {"seconds", finished.seconds}};
  if (is_beside) line.update({{"together_with", finished.together_with}, {"part_followed", finished.part_followed}});
  return line;
}

using Report = nlohmann::ordered_json;

/// Scenarios of one group: their lives are followed together, the rest is made one after another.
void run_group(RunArguments const& arguments, std::vector<std::unique_ptr<Prepared>> const& prepared,
               std::vector<std::size_t> const& members, Session& session, std::vector<Report>& lines) {
  auto const begun = std::chrono::steady_clock::now();
  std::vector<Prepared*> group;
  for (std::size_t const member : members) group.push_back(prepared[member].get());
  std::string const& baseline = group.front()->scenario.name;
  ProgressBar bar{session.console, fmt::format("{} and {} more", baseline, members.size() - 1), !session.quiet};
  auto simulated = [&] {
    FinishStep const running{session.signals};
    return simulate_together(group, options_of(group.front()->scenario, bar, session));
  }();
  double const seconds = seconds_since(begun);
  for (std::size_t i = 0; i < members.size(); ++i) {
    auto const begun_rest = std::chrono::steady_clock::now();
    Prepared const& one = *group[i];
    FinishStep const running{session.signals};
    ScenarioRun run = complete_run(one, std::move(simulated[i].result), options_of(one.scenario, bar, session));
    add_program(run.result.provenance, session);
    Finished finished{std::move(run.result), std::move(run.income), seconds + seconds_since(begun_rest)};
    if (i > 0) finished.together_with = baseline;
    finished.part_followed = static_cast<double>(simulated[i].lives) / static_cast<double>(simulated[i].of_lives);
    lines[members[i]] = save_one(one, std::move(finished), result_path(arguments, one.scenario), session);
  }
}

/// Those that can be simulated together are; of the others each result is written before the next is made.
Report run_each(RunArguments const& arguments, std::vector<std::unique_ptr<Prepared>> const& prepared,
                Session& session) {
  std::vector<Report> lines(prepared.size());
  for (ScenarioGroup const& group : groups_of(prepared)) {
    std::size_t const first = group.members.front();
    if (!group.why_alone.empty())
      session.tell(fmt::format("{} is not simulated with {}: {}\n", prepared[first]->scenario.name,
                               prepared.front()->scenario.name, group.why_alone));
    if (group.members.size() > 1)
      run_group(arguments, prepared, group.members, session, lines);
    else
      lines[first] = save_one(*prepared[first], simulate_whole(*prepared[first], session),
                              result_path(arguments, prepared[first]->scenario), session);
  }
  return lines;
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
      report.push_back(
          save_one(*prepared[i], std::move(finished[i]), result_path(arguments, prepared[i]->scenario), session));
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
  std::vector<std::string> of_register;
  for (auto const& each : prepared)
    if (class_of(*each) == "register") of_register.push_back(result_path(arguments, each->scenario));
  bool const has_precision = prepared.front()->scenario.precision.has_value();
  Report const report =
      has_precision ? run_until_known(arguments, std::move(prepared), session) : run_each(arguments, prepared, session);
  hide_alike(of_register, session);
  if (arguments.format == "json") session.console.data(report.dump(2) + "\n");
  return exit_ok;
}

}  // namespace utvei
