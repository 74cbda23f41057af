// SPDX-License-Identifier: Apache-2.0
#include "batch_steps.hpp"

#include "exit_code.hpp"
#include "provenance.hpp"

#include <utvei/batch/merge_units.hpp>
#include <utvei/output/result_file.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string save_merged(OpenBatch const& batch, PlannedVariant const& planned, ScenarioRun run, Session& session) {
  std::string path = batch.result_path(planned);
  add_program(run.result.provenance, session);
  hide_in_result(run.result);
  save_result(run.result, path);
  return path;
}

/// What is missing, and how to get it.
std::string resume_advice(BatchOutcome const& outcome, BatchArguments const& arguments) {
  auto const lacks_units = [](VariantOutcome const& one) { return one.bad_units > 0; };
  if (std::ranges::none_of(outcome.variants, lacks_units)) return {};
  return fmt::format("Units are missing: `utvei batch resume {}` does them\n", words_after_action(arguments));
}

/// Where there is something to compare.
std::string report_advice(OpenBatch const& batch, BatchOutcome const& outcome, BatchArguments const& arguments) {
  auto const made = std::ranges::count_if(outcome.variants, [](auto const& one) { return !one.file.empty(); });
  if (made < 2) return {};
  std::string const folder = arguments.out.empty() ? "" : fmt::format(" --out {}", arguments.out);
  return fmt::format("What they say side by side: utvei report {}{} -o {}.html\n", batch.plan.file.path, folder,
                     batch.plan.file.name);
}

}  // namespace

void check_begun(OpenBatch const& batch, BatchArguments const& arguments) {
  std::error_code error;
  if (std::filesystem::exists(batch.store.folder(), error)) return;
  throw InputError{Fault::data,
                   {std::make_shared<SourceText const>(SourceText{batch.store.folder(), ""})},
                   fmt::format("there is no such folder: nothing of the batch is there to {}", arguments.action),
                   "its finished units lie there",
                   "begin with `utvei batch run`, or name the folder with --out or --store"};
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

VariantOutcome merge_variant(OpenBatch& batch, std::size_t variant, std::vector<UnitFailure> const& failures,
                             Session& session) {
  FinishStep const merging{session.signals};
  RunOptions options;
  options.threads = session.threads;
  options.stop = &session.signals.stop();
  PlannedVariant const& planned = batch.plan.variants[variant];
  auto const is_of_variant = [&](UnitFailure const& each) { return batch.plan.units[each.unit].variant == variant; };
  auto const failed = static_cast<std::size_t>(std::ranges::count_if(failures, is_of_variant));
  VariantOutcome became{planned.units, failed, 0, {}, {}};
  try {
    MergedVariant merged = merge_units(batch.plan, variant, batch.shelf, batch.store, options);
    became.bad_units = merged.bad_units.size();
    if (became.bad_units == 0) became.file = save_merged(batch, planned, std::move(merged.run), session);
  } catch (InputError const& error) {
    became.why = error.what();
  }
  return became;
}

int report_outcome(OpenBatch const& batch, BatchOutcome const& outcome, BatchArguments const& arguments,
                   BatchWatch& watch, Session& session) {
  watch.clear();
  if (watch.writes_json_lines()) {
    nlohmann::ordered_json line{{"event", "end"}, {"stopped", false}};
    line.update(outcome_json(batch, outcome));
    session.console.data(line.dump() + "\n");
  } else if (arguments.format == "json") {
    session.console.data(outcome_json(batch, outcome).dump(2) + "\n");
  } else {
    session.tell(outcome_text(batch, outcome) + resume_advice(outcome, arguments) +
                 report_advice(batch, outcome, arguments));
  }
  auto const lacks = [](VariantOutcome const& each) { return each.file.empty(); };
  bool const is_whole = outcome.failures.empty() && std::ranges::none_of(outcome.variants, lacks);
  return is_whole ? exit_ok : exit_part;
}

}  // namespace utvei
