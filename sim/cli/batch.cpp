// SPDX-License-Identifier: Apache-2.0
#include "batch.hpp"

#include "batch_reports.hpp"
#include "batch_script.hpp"
#include "batch_watch.hpp"
#include "exit_code.hpp"
#include "hide_runs.hpp"
#include "open_batch.hpp"
#include "provenance.hpp"

#include <utvei/batch/merge_units.hpp>
#include <utvei/output/result_file.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <system_error>

#include <fmt/format.h>

namespace utvei {
namespace {

using Report = nlohmann::ordered_json;

void refuse_option(BatchArguments const& arguments, bool is_given, char const* option, char const* why,
                   Diagnostics& diagnostics) {
  if (is_given)
    diagnostics.add({Severity::error, Fault::usage, Place{},
                     fmt::format("`batch {}` has no use for `{}`", arguments.action, option), why, "leave it out"});
}

/// A script needs these, and nothing else has a use for them.
void check_script_options(BatchArguments const& arguments, bool writes_script, Diagnostics& diagnostics) {
  bool const are_there[] = {!arguments.scheduler.empty(), arguments.jobs > 0, !arguments.time.empty(),
                            !arguments.output.empty()};
  char const* const options[] = {"--for slurm", "--jobs N", "--time HH:MM:SS", "-o FOLDER"};
  for (std::size_t i = 0; i < std::size(options); ++i) {
    if (!writes_script) refuse_option(arguments, are_there[i], options[i], "it is for `batch script`", diagnostics);
    if (writes_script && !are_there[i])
      diagnostics.add({Severity::error, Fault::usage, Place{}, fmt::format("`batch script` lacks `{}`", options[i]), "",
                       "utvei batch script batch.yaml --for slurm --jobs 20 --time 04:00:00 -o slurm"});
  }
}

/// An option that would change nothing is refused.
void check_options(BatchArguments const& arguments) {
  Diagnostics diagnostics;
  bool const writes_script = arguments.action == "script";
  bool const looks = arguments.action == "plan" || arguments.action == "status";
  refuse_option(arguments, writes_script && !arguments.progress.empty(), "--progress", "nothing is simulated",
                diagnostics);
  refuse_option(arguments, writes_script && !arguments.shard.empty(), "--shard", "each job has a share: --jobs",
                diagnostics);
  refuse_option(arguments, writes_script && arguments.format == "json", "--format json", "files are written",
                diagnostics);
  check_script_options(arguments, writes_script, diagnostics);
  refuse_option(arguments, looks && !arguments.progress.empty(), "--progress", "nothing is simulated", diagnostics);
  refuse_option(arguments, looks && arguments.inside, "--inside", "no result is written", diagnostics);
  refuse_option(arguments, arguments.action == "merge" && !arguments.shard.empty(), "--shard",
                "a result is made of all its units", diagnostics);
  refuse_option(arguments, arguments.progress == "ndjson" && arguments.format == "json", "--format json",
                "the last line of `--progress ndjson` is the same report", diagnostics);
  throw_if_errors(diagnostics);
}

void say(Report const& report, std::string const& text, BatchArguments const& arguments, Session& session) {
  session.console.data(arguments.format == "json" ? report.dump(2) + "\n" : text);
}

int show_plan(BatchArguments const& arguments, Session& session) {
  OpenBatch batch{arguments, session};
  auto const looks = look_at_units(batch.plan, batch.store, session.threads);
  std::vector<std::size_t> left;
  for (std::size_t const unit : batch.units)
    if (looks[unit].state != UnitState::done) left.push_back(unit);
  auto const estimate = estimate_batch(batch.plan, left, batch.shelf, session.threads, nullptr);
  std::size_t const threads = thread_count(session.threads);
  say(plan_json(batch, looks, estimate, threads), plan_text(batch, looks, estimate, threads), arguments, session);
  return exit_ok;
}

int show_status(BatchArguments const& arguments, Session& session) {
  OpenBatch const batch{arguments, session};
  auto const looks = look_at_units(batch.plan, batch.store, session.threads);
  say(status_json(batch, looks), status_text(batch, looks), arguments, session);
  return exit_ok;
}

std::string save_merged(OpenBatch const& batch, PlannedVariant const& planned, ScenarioRun run, Session& session) {
  std::string path = batch.result_path(planned);
  add_program(run.result.provenance, session);
  hide_in_result(run.result);
  save_result(run.result, path);
  return path;
}

/// What stands in the way of one result is noted, and stops no other.
void merge_one(OpenBatch& batch, std::size_t variant, RunOptions const& options, VariantOutcome& became,
               Session& session) {
  try {
    MergedVariant merged = merge_units(batch.plan, variant, batch.shelf, batch.store, options);
    became.bad_units = std::move(merged.bad_units);
    if (became.bad_units.empty())
      became.file = save_merged(batch, batch.plan.variants[variant], std::move(merged.run), session);
  } catch (InputError const& error) {
    became.why = error.what();
  }
}

/// Each scenario whose units are all there becomes a result.
void merge_all(OpenBatch& batch, BatchOutcome& outcome, BatchWatch& watch, Session& session) {
  auto const begun = std::chrono::steady_clock::now();
  RunOptions options;
  options.threads = session.threads;
  options.stop = &session.signals.stop();
  std::vector<std::string> of_register;
  std::map<std::size_t, std::size_t> failed;
  for (UnitFailure const& failure : outcome.failures) ++failed[batch.plan.units[failure.unit].variant];
  for (std::size_t v = 0; v < batch.plan.variants.size(); ++v) {
    PlannedVariant const& planned = batch.plan.variants[v];
    FinishStep const merging{session.signals};
    VariantOutcome became{planned.units, failed[v], {}, {}, {}};
    merge_one(batch, v, options, became, session);
    if (planned.data_class == "register" && !became.file.empty()) of_register.push_back(became.file);
    watch.tell_merged(v + 1, batch.plan.variants.size(), planned.variant.name, became.file);
    outcome.variants.push_back(std::move(became));
    throw_if_stopped(session.signals);
  }
  hide_alike(of_register, session);
  outcome.merge_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

RunUnitsOptions unit_options(BatchWatch& watch, Session& session) {
  RunUnitsOptions options;
  options.threads = session.threads;
  options.wish = [&session] {
    if (!session.signals.stop()) return StopWish::none;
    return session.signals.exit_code() == exit_interrupted ? StopWish::at_once : StopWish::after_units;
  };
  options.tell = [&watch](BatchProgress const& progress) { watch.tell(progress); };
  options.tell_failure = [&watch](UnitFailure const& failure) { watch.tell_failure(failure); };
  return options;
}

void run_all(OpenBatch& batch, BatchOutcome& outcome, BatchWatch& watch, Session& session) {
  FinishStep const running{session.signals};
  try {
    UnitsRun ran = run_units(batch.plan, batch.units, batch.shelf, batch.store, unit_options(watch, session));
    outcome.progress = ran.progress;
    outcome.failures = std::move(ran.failures);
  } catch (Interrupted const&) {
    watch.clear();
    session.tell(fmt::format("{}: finished units are kept; `utvei batch resume {}` goes on\n", batch.plan.file.name,
                             batch.plan.file.path));
    throw;
  }
}

int report_outcome(OpenBatch const& batch, BatchOutcome const& outcome, BatchArguments const& arguments,
                   BatchWatch& watch, Session& session) {
  watch.clear();
  if (watch.writes_json_lines()) {
    Report line{{"event", "end"}};
    line.update(outcome_json(batch, outcome));
    session.console.data(line.dump() + "\n");
  } else if (arguments.format == "json") {
    session.console.data(outcome_json(batch, outcome).dump(2) + "\n");
  } else {
    session.tell(outcome_text(batch, outcome));
  }
  auto const lacks = [](VariantOutcome const& each) { return each.file.empty(); };
  bool const is_whole = outcome.failures.empty() && std::ranges::none_of(outcome.variants, lacks);
  return is_whole ? exit_ok : exit_part;
}

void check_begun(OpenBatch const& batch, BatchArguments const& arguments) {
  std::error_code error;
  if (std::filesystem::exists(batch.store.folder(), error)) return;
  throw InputError{Fault::data,
                   {std::make_shared<SourceText const>(SourceText{batch.store.folder(), ""})},
                   fmt::format("there is no such folder: nothing of the batch is there to {}", arguments.action),
                   "its finished units lie there",
                   "begin with `utvei batch run`, or name the folder with --out or --store"};
}

int run_batch(BatchArguments const& arguments, Session& session) {
  OpenBatch batch{arguments, session};
  if (arguments.action != "run") check_begun(batch, arguments);
  check_batch_output(batch, arguments);
  BatchWatch watch{arguments, batch.plan, session};
  BatchOutcome outcome;
  if (arguments.action != "merge") run_all(batch, outcome, watch, session);
  if (arguments.shard.empty()) merge_all(batch, outcome, watch, session);
  return report_outcome(batch, outcome, arguments, watch, session);
}

}  // namespace

int batch_command(BatchArguments const& arguments, Session& session) {
  check_options(arguments);
  if (arguments.action == "plan") return show_plan(arguments, session);
  if (arguments.action == "status") return show_status(arguments, session);
  if (arguments.action == "script") return write_batch_script(arguments, session);
  return run_batch(arguments, session);
}

}  // namespace utvei
