// SPDX-License-Identifier: Apache-2.0
#include "batch_reports.hpp"

#include "progress.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include <fmt/format.h>

namespace utvei {
namespace {

using Report = nlohmann::ordered_json;

constexpr std::size_t most_rows = 30;      ///< of a table for people
constexpr std::size_t most_failures = 20;  ///< likewise
constexpr std::array<std::string_view, 5> names_of_states{"left", "done", "failed", "damaged", "running"};

/// `1 unit`, `2 units`
std::string counted(std::uint64_t number, std::string const& what) {
  return fmt::format("{} {}{}", grouped(number), what, number == 1 ? "" : "s");
}

std::size_t count_of(std::vector<UnitLook> const& looks, UnitState state, std::vector<std::size_t> const& units) {
  return static_cast<std::size_t>(
      std::ranges::count_if(units, [&](std::size_t unit) { return looks[unit].state == state; }));
}

/// Those of a scenario among the units that were asked for.
std::vector<std::size_t> units_of(OpenBatch const& batch, PlannedVariant const& planned) {
  std::vector<std::size_t> units;
  auto const end = planned.first_unit + planned.units;
  for (auto at = std::ranges::lower_bound(batch.units, planned.first_unit); at != batch.units.end() && *at < end; ++at)
    units.push_back(*at);
  return units;
}

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::uint64_t kilo = 1000;
  constexpr double step = kilo;
  double amount = static_cast<double>(bytes);
  for (char const* unit : {"bytes", "kB", "MB", "GB"}) {
    if (amount < step) return fmt::format("{:.{}f} {}", amount, amount < 10 && bytes >= kilo ? 1 : 0, unit);
    amount /= step;
  }
  return fmt::format("{:.1f} TB", amount);
}

std::size_t width_of_names(BatchPlan const& plan) {
  std::size_t width = std::string_view{"scenario"}.size();
  for (PlannedVariant const& each : plan.variants) width = std::max(width, each.variant.name.size());
  return width;
}

std::string rows_left_out(std::size_t all) {
  return all > most_rows ? fmt::format("  … and {} more: --format json lists them\n", grouped(all - most_rows)) : "";
}

std::string what_a_unit_is(PlannedVariant const& planned) {
  std::string text = planned.draws > 0 ? counted(planned.draws, "draw") : "no draws";
  if (planned.replicates > 1) text += fmt::format(" x {} replicates", planned.replicates);
  if (planned.blocks > 1) text += fmt::format(" x {} blocks of people", planned.blocks);
  if (planned.is_divisible) return text;
  text += planned.blocks > 1 ? ", who may wait for each other in one unit"
                             : ", people wait for each other: all in one unit";
  if (planned.serves_at_dates) text += ", which all processes of utvei-mpi do together if it is a large one";
  return text;
}

bool has_company(BatchPlan const& plan) {
  return plan.variants.size() > 1 && std::ranges::count(plan.variants, "", &PlannedVariant::why_alone) > 1;
}

std::string failures_text(BatchPlan const& plan, std::vector<UnitFailure> const& failures) {
  std::string text;
  for (std::size_t i = 0; i < std::min(failures.size(), most_failures); ++i)
    text += failure_text(plan, failures[i], i > 0 ? failures[i - 1].why : "");
  if (failures.size() > most_failures)
    text += fmt::format("… and {} more failures: --format json lists them\n", grouped(failures.size() - most_failures));
  return text;
}

std::vector<UnitFailure> failures_in(OpenBatch const& batch, std::vector<UnitLook> const& looks) {
  std::vector<UnitFailure> failures;
  for (std::size_t const unit : batch.units)
    if (looks[unit].state == UnitState::failed) failures.push_back({unit, looks[unit].why});
  return failures;
}

std::string result_text(VariantOutcome const& variant) {
  if (!variant.file.empty()) return variant.file;
  if (variant.bad_units > 0) return fmt::format("no result: {} missing or damaged", counted(variant.bad_units, "unit"));
  return "no result: " + variant.why;
}

Report counts_json(std::vector<UnitLook> const& looks, std::vector<std::size_t> const& units) {
  Report json{{"units", units.size()}};
  for (std::size_t i = 0; i < names_of_states.size(); ++i)
    json[std::string{names_of_states[i]}] = count_of(looks, static_cast<UnitState>(i), units);
  return json;
}

Report labels_json(PlannedVariant const& planned, BatchFile const& file) {
  Report labels = Report::object();
  for (std::size_t i = 0; i < planned.variant.values.size(); ++i)
    labels[file.axes[i].name] = file.axes[i].values[planned.variant.values[i]].label;
  return labels;
}

}  // namespace

std::string failure_text(BatchPlan const& plan, UnitFailure const& failure, std::string const& why_before) {
  std::string const why = failure.why == why_before ? "for the same reason" : failure.why;
  return fmt::format("failed: {}: {}{}", describe_unit(plan, failure.unit), why, why.ends_with('\n') ? "" : "\n");
}

nlohmann::ordered_json json_of(BatchProgress const& progress) {
  return {{"units", progress.units},           {"found", progress.found},         {"done", progress.done},
          {"failed", progress.failed},         {"elsewhere", progress.elsewhere}, {"lives", progress.lives},
          {"lives_done", progress.lives_done}, {"seconds", progress.seconds}};
}

nlohmann::ordered_json json_of(BatchPlan const& plan, UnitFailure const& failure) {
  BatchUnit const& unit = plan.units[failure.unit];
  PlannedVariant const& planned = plan.variants[unit.variant];
  return {{"scenario", planned.variant.name},
          {"draw", planned.draws > 0 ? Report(unit.part.draw) : Report()},
          {"replicate", unit.part.replicate},
          {"people", {unit.part.first, unit.part.last}},
          {"unit", unit.id},
          {"why", failure.why}};
}

/// How many scenarios are simulated together, and why the others are not.
std::string together_text(BatchPlan const& plan) {
  std::map<std::string, std::vector<std::string>> alone;
  std::size_t beside = 0;
  for (std::size_t v = 0; v < plan.variants.size(); ++v) {
    if (v == plan.baseline) continue;
    PlannedVariant const& each = plan.variants[v];
    if (each.why_alone.empty())
      ++beside;
    else
      alone[each.why_alone].push_back(each.variant.name);
  }
  std::string text;
  if (beside > 0)
    text += fmt::format("Simulated beside {}: {} of {} scenarios; lives that meet no difference are the same in all.\n",
                        plan.variants[plan.baseline].variant.name, grouped(beside), grouped(plan.variants.size() - 1));
  for (auto const& [why, names] : alone)
    text += fmt::format("Simulated alone: {}{}: {}.\n", names.front(),
                        names.size() > 1 ? fmt::format(" and {} more", grouped(names.size() - 1)) : "", why);
  return text;
}

std::string plan_text(OpenBatch const& batch, std::vector<UnitLook> const& looks, BatchEstimate const& estimate,
                      std::size_t threads) {
  BatchPlan const& plan = batch.plan;
  std::uint64_t lives = 0;
  for (std::size_t const unit : batch.units) lives += plan.units[unit].lives();
  std::string text = fmt::format("{}: {}, {}, {} lives\n", plan.file.name, counted(plan.variants.size(), "scenario"),
                                 counted(batch.units.size(), "unit"), grouped(lives));
  std::size_t const width = width_of_names(plan);
  for (std::size_t v = 0; v < std::min(plan.variants.size(), most_rows); ++v) {
    PlannedVariant const& each = plan.variants[v];
    text += fmt::format("  {:{}}  {:>12} persons  {:>14}: {}{}\n", each.variant.name, width, grouped(each.persons),
                        counted(units_of(batch, each).size(), "unit"), what_a_unit_is(each),
                        each.variant.is_baseline ? " (baseline)" : "");
  }
  text += rows_left_out(plan.variants.size()) + together_text(plan);
  std::size_t const done = count_of(looks, UnitState::done, batch.units);
  text += fmt::format("Done already: {} in {}. Left: {}.\n", counted(done, "unit"), batch.store.folder(),
                      grouped(batch.units.size() - done));
  if (done == batch.units.size()) return text;
  text += fmt::format(
      "Time: about {} with {}, by {} lives of {} measured now on one{}; putting results together comes on top{}.\n",
      clock_text(estimate.seconds), counted(threads, "thread"), grouped(estimate.lives_measured),
      counted(estimate.scenarios_measured, "scenario"),
      has_company(plan) ? ", less where lives are the same as in the baseline" : "",
      std::ranges::any_of(plan.variants, &PlannedVariant::has_income) ? ", with household income" : "");
  if (estimate.leaves_out_queues) text += "Scenarios whose people wait for each other may take longer than that.\n";
  if (estimate.process_bytes > 0)
    text += fmt::format(
        "Memory: about {} for each process of {} threads, as this one took that tried it; results take what `run` "
        "takes.\n",
        bytes_text(estimate.process_bytes), threads);
  return text + fmt::format("Disk: about {} of units in {}, by the same sample; results in {} come on top.\n",
                            bytes_text(estimate.unit_bytes), batch.store.folder(), batch.out);
}

nlohmann::ordered_json plan_json(OpenBatch const& batch, std::vector<UnitLook> const& looks,
                                 BatchEstimate const& estimate, std::size_t threads) {
  BatchPlan const& plan = batch.plan;
  Report scenarios = Report::array();
  for (std::size_t v = 0; v < plan.variants.size(); ++v) {
    PlannedVariant const& each = plan.variants[v];
    bool const is_beside = v != plan.baseline && each.why_alone.empty();
    scenarios.push_back({{"scenario", each.variant.name},
                         {"axes", labels_json(each, plan.file)},
                         {"baseline", each.variant.is_baseline},
                         {"persons", each.persons},
                         {"draws", each.draws},
                         {"replicates", each.replicates},
                         {"blocks", each.blocks},
                         {"units", units_of(batch, each).size()},
                         {"beside", is_beside ? Report(plan.variants[plan.baseline].variant.name) : Report()},
                         {"why_alone", each.why_alone.empty() ? Report() : Report(each.why_alone)},
                         {"file", batch.result_path(each)}});
  }
  std::uint64_t lives = 0;
  for (std::size_t const unit : batch.units) lives += plan.units[unit].lives();
  Report report{{"batch", plan.file.name}, {"out", batch.out}, {"store", batch.store.folder()}, {"lives", lives}};
  report.update(counts_json(looks, batch.units));
  bool const is_known = estimate.lives_measured > 0;
  report["estimate"] = {{"threads", threads},
                        {"lives_measured", estimate.lives_measured},
                        {"seconds", is_known ? Report(estimate.seconds) : Report()},
                        {"unit_bytes", is_known ? Report(estimate.unit_bytes) : Report()},
                        {"process_bytes", estimate.process_bytes > 0 ? Report(estimate.process_bytes) : Report()}};
  report["scenarios"] = std::move(scenarios);
  return report;
}

std::string status_text(OpenBatch const& batch, std::vector<UnitLook> const& looks) {
  BatchPlan const& plan = batch.plan;
  std::string text = fmt::format("{}: {}", plan.file.name, counted(batch.units.size(), "unit"));
  char const* separator = ": ";
  for (UnitState const state :
       {UnitState::done, UnitState::left, UnitState::failed, UnitState::damaged, UnitState::running}) {
    std::size_t const number = count_of(looks, state, batch.units);
    if (number == 0) continue;
    text += fmt::format("{}{} {}", separator, grouped(number), names_of_states[static_cast<std::size_t>(state)]);
    separator = ", ";
  }
  std::size_t const width = width_of_names(plan);
  text += fmt::format("\n  {:{}}  {:>9}  {:>9}  {:>9}  {:>9}  {:>9}\n", "scenario", width, "units", "done", "left",
                      "failed", "running");
  for (std::size_t v = 0; v < std::min(plan.variants.size(), most_rows); ++v) {
    auto const units = units_of(batch, plan.variants[v]);
    auto const number = [&](UnitState state) { return count_of(looks, state, units); };
    text += fmt::format("  {:{}}  {:>9}  {:>9}  {:>9}  {:>9}  {:>9}\n", plan.variants[v].variant.name, width,
                        grouped(units.size()), grouped(number(UnitState::done)),
                        grouped(number(UnitState::left) + number(UnitState::damaged)),
                        grouped(number(UnitState::failed)), grouped(number(UnitState::running)));
  }
  return text + rows_left_out(plan.variants.size()) + failures_text(plan, failures_in(batch, looks));
}

nlohmann::ordered_json status_json(OpenBatch const& batch, std::vector<UnitLook> const& looks) {
  Report report{{"batch", batch.plan.file.name}, {"out", batch.out}, {"store", batch.store.folder()}};
  report.update(counts_json(looks, batch.units));
  report["scenarios"] = Report::array();
  for (PlannedVariant const& each : batch.plan.variants) {
    Report row{{"scenario", each.variant.name}};
    row.update(counts_json(looks, units_of(batch, each)));
    report["scenarios"].push_back(std::move(row));
  }
  report["failures"] = Report::array();
  for (UnitFailure const& failure : failures_in(batch, looks))
    report["failures"].push_back(json_of(batch.plan, failure));
  return report;
}

std::string outcome_text(OpenBatch const& batch, BatchOutcome const& outcome) {
  BatchProgress const& units = outcome.progress;
  auto const time = clock_text(units.seconds + outcome.merge_seconds);
  auto const has_file = [](VariantOutcome const& each) { return !each.file.empty(); };
  // Of `merge`, which simulates nothing.
  std::string text =
      units.units == 0
          ? fmt::format("{}: {} of {} results put together; {}\n", batch.plan.file.name,
                        grouped(static_cast<std::size_t>(std::ranges::count_if(outcome.variants, has_file))),
                        grouped(outcome.variants.size()), time)
          : fmt::format("{}: {}: {} simulated, {} were there, {} failed; {}\n", batch.plan.file.name,
                        counted(units.units, "unit"), grouped(units.done), grouped(units.found), grouped(units.failed),
                        time);
  if (outcome.variants.empty()) return text;
  std::size_t const width = width_of_names(batch.plan);
  for (std::size_t v = 0; v < std::min(outcome.variants.size(), most_rows); ++v) {
    text += fmt::format("  {:{}}  {:>15}  {}\n", batch.plan.variants[v].variant.name, width,
                        counted(outcome.variants[v].units, "unit"), result_text(outcome.variants[v]));
  }
  return text + rows_left_out(outcome.variants.size());
}

nlohmann::ordered_json outcome_json(OpenBatch const& batch, BatchOutcome const& outcome) {
  Report report{{"batch", batch.plan.file.name}, {"out", batch.out}, {"store", batch.store.folder()}};
  report.update(json_of(outcome.progress));
  report["merge_seconds"] = outcome.merge_seconds;
  report["scenarios"] = Report::array();
  for (std::size_t v = 0; v < outcome.variants.size(); ++v) {
    VariantOutcome const& each = outcome.variants[v];
    report["scenarios"].push_back({{"scenario", batch.plan.variants[v].variant.name},
                                   {"axes", labels_json(batch.plan.variants[v], batch.plan.file)},
                                   {"baseline", batch.plan.variants[v].variant.is_baseline},
                                   {"units", each.units},
                                   {"failed", each.failed},
                                   {"missing", each.bad_units},
                                   {"file", each.file.empty() ? Report() : Report(each.file)},
                                   {"why", each.why.empty() ? Report() : Report(each.why)}});
  }
  report["failures"] = Report::array();
  for (UnitFailure const& failure : outcome.failures) report["failures"].push_back(json_of(batch.plan, failure));
  return report;
}

}  // namespace utvei
