// SPDX-License-Identifier: Apache-2.0
#include "batch.hpp"

#include "batch_reports.hpp"
#include "batch_script.hpp"
#include "batch_steps.hpp"
#include "batch_together.hpp"
#include "batch_watch.hpp"
#include "exit_code.hpp"
#include "hide_runs.hpp"
#include "open_batch.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <regex>
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

void lacks_option(char const* option, Diagnostics& diagnostics) {
  diagnostics.add({Severity::error, Fault::usage, Place{}, fmt::format("`batch script` lacks `{}`", option), "",
                   "utvei batch script slurm batch.yaml --jobs 20 --time 04:00:00 -o slurm"});
}

/// A script needs these, and nothing else has a use for them.
void check_script_options(BatchArguments const& arguments, bool writes_script, Diagnostics& diagnostics) {
  bool const are_there[] = {!arguments.scheduler.empty(), !arguments.time.empty(), !arguments.output.empty()};
  char const* const options[] = {"slurm", "--time HH:MM:SS", "-o FOLDER"};
  for (std::size_t i = 0; i < std::size(options); ++i) {
    if (!writes_script) refuse_option(arguments, are_there[i], options[i], "it is for `batch script`", diagnostics);
    if (writes_script && !are_there[i]) lacks_option(options[i], diagnostics);
  }
  std::size_t const numbers[] = {arguments.jobs, arguments.ranks, arguments.ranks_per_node};
  char const* const of_numbers[] = {"--jobs N", "--ranks N", "--ranks-per-node N"};
  for (std::size_t i = 0; i < std::size(numbers) && !writes_script; ++i)
    refuse_option(arguments, numbers[i] > 0, of_numbers[i], "it is for `batch script`", diagnostics);
}

/// An array of jobs with a share each, or one job of many ranks.
void check_kind_of_job(BatchArguments const& arguments, Diagnostics& diagnostics) {
  if (arguments.jobs == 0 && arguments.ranks == 0) lacks_option("--jobs N` or `--ranks N", diagnostics);
  refuse_option(arguments, arguments.jobs > 0 && arguments.ranks > 0, "--jobs",
                "`--ranks` asks for one job, whose ranks share the units among themselves", diagnostics);
  refuse_option(arguments, arguments.ranks == 0 && arguments.ranks_per_node > 0, "--ranks-per-node",
                "jobs side by side have no ranks", diagnostics);
  if (arguments.ranks == 0 || arguments.ranks_per_node <= arguments.ranks) return;
  diagnostics.add(
      {Severity::error, Fault::usage, Place{},
       fmt::format("`--ranks-per-node {}` is more than `--ranks {}`", arguments.ranks_per_node, arguments.ranks), "",
       "write how many ranks there are in all, and how many of them a machine has"});
}

/// As sbatch takes it: hours, minutes and seconds, perhaps with days before.
void check_time(BatchArguments const& arguments, Diagnostics& diagnostics) {
  static std::regex const form{"([0-9]+-)?[0-9]{1,3}:[0-5][0-9]:[0-5][0-9]"};
  if (arguments.time.empty() || std::regex_match(arguments.time, form)) return;
  diagnostics.add({Severity::error, Fault::usage, Place{}, fmt::format("`--time {}` is no time limit", arguments.time),
                   "it is written in hours, minutes and seconds", "--time 04:00:00, or 2-00:00:00 for two days"});
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
  if (writes_script) check_kind_of_job(arguments, diagnostics);
  check_time(arguments, diagnostics);
  refuse_option(arguments, looks && !arguments.progress.empty(), "--progress", "nothing is simulated", diagnostics);
  refuse_option(arguments, looks && arguments.inside, "--inside", "no result is written", diagnostics);
  refuse_option(arguments, arguments.action == "merge" && !arguments.shard.empty(), "--shard",
                "a result is made of all its units", diagnostics);
  refuse_option(arguments, arguments.progress == "ndjson" && arguments.format == "json", "--format json",
                "the last line of `--progress ndjson` is the same report", diagnostics);
  throw_if_errors(diagnostics);
}

/// `slurm batch.yaml` of script; of all others a batch file.
BatchArguments with_file(BatchArguments arguments) {
  bool const are_two = arguments.files.size() > 1;
  if (are_two && arguments.action != "script")
    throw InputError{Fault::usage, Place{}, fmt::format("`batch {}` takes one batch file", arguments.action), "",
                     "name them one after the other, or list their scenarios in one file"};
  if (are_two && arguments.files.front() != "slurm")
    throw InputError{Fault::usage, Place{}, fmt::format("no scripts for `{}`", arguments.files.front()), "known: slurm",
                     "for others: `batch run --shard I/N` in each job, and `batch merge` after them"};
  std::error_code error;
  bool const names_scheduler_alone = !are_two && arguments.action == "script" && arguments.files.front() == "slurm" &&
                                     !std::filesystem::is_regular_file("slurm", error);
  if (names_scheduler_alone)
    throw InputError{Fault::usage, Place{}, "`batch script slurm` lacks the batch file", "jobs are made of its units",
                     "utvei batch script slurm batch.yaml --jobs 20 --time 04:00:00 -o slurm"};
  if (are_two) arguments.scheduler = arguments.files.front();
  arguments.file = arguments.files.back();
  return arguments;
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

/// Each scenario whose units are all there becomes a result.
void merge_all(OpenBatch& batch, BatchOutcome& outcome, BatchWatch& watch, Session& session) {
  auto const begun = std::chrono::steady_clock::now();
  std::vector<std::string> of_register;
  for (std::size_t v = 0; v < batch.plan.variants.size(); ++v) {
    outcome.variants.push_back(merge_variant(batch, v, outcome.failures, session));
    VariantOutcome const& became = outcome.variants.back();
    PlannedVariant const& planned = batch.plan.variants[v];
    if (!became.file.empty() && planned.data_class == "register") of_register.push_back(became.file);
    watch.tell_merged(v + 1, batch.plan.variants.size(), planned.variant.name, became.file);
    throw_if_stopped(session.signals);
  }
  hide_alike(of_register, session);
  outcome.merge_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

void run_all(OpenBatch& batch, BatchArguments const& arguments, BatchOutcome& outcome, BatchWatch& watch,
             Session& session) {
  FinishStep const running{session.signals};
  try {
    UnitsRun ran = run_units(batch.plan, batch.bundles, batch.shelf, batch.store, unit_options(watch, session));
    outcome.progress = ran.progress;
    outcome.failures = std::move(ran.failures);
  } catch (Interrupted const&) {
    watch.clear();
    session.tell(fmt::format("{}: finished units are kept; `utvei batch resume {}` goes on\n", batch.plan.file.name,
                             words_after_action(arguments)));
    throw;
  }
}

int run_batch(BatchArguments const& arguments, Session& session) {
  OpenBatch batch{arguments, session};
  if (arguments.action != "run") check_begun(batch, arguments);
  check_batch_output(batch, arguments);
  BatchWatch watch{arguments, batch.plan, session};
  BatchOutcome outcome;
  try {
    if (arguments.action != "merge") run_all(batch, arguments, outcome, watch, session);
    if (arguments.shard.empty()) merge_all(batch, outcome, watch, session);
  } catch (Interrupted const&) {
    watch.tell_stopped();
    throw;
  }
  return report_outcome(batch, outcome, arguments, watch, session);
}

}  // namespace

int batch_command(BatchArguments const& given, Session& session) {
  BatchArguments const arguments = with_file(given);
  check_options(arguments);
  if (session.crew != nullptr) return run_batch_together(arguments, session, *session.crew);
  if (arguments.action == "plan") return show_plan(arguments, session);
  if (arguments.action == "status") return show_status(arguments, session);
  if (arguments.action == "script") return write_batch_script(arguments, session);
  return run_batch(arguments, session);
}

}  // namespace utvei
