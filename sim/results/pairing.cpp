// SPDX-License-Identifier: Apache-2.0
#include "pairing.hpp"

#include "measure_tables.hpp"
#include "money_tables.hpp"
#include "participants.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string pair_name(RunResult const& baseline, RunResult const& scenario) {
  return fmt::format("`{}` and `{}`", baseline.provenance.scenario_name, scenario.provenance.scenario_name);
}

/// The first label that one has and the other lacks, or the lengths.
std::string difference_of(Dimension const& a, Dimension const& b) {
  for (std::size_t i = 0; i < std::min(a.labels.size(), b.labels.size()); ++i)
    if (a.labels[i] != b.labels[i])
      return fmt::format("`{}` number {} is `{}` in the baseline and `{}` in the scenario", a.name, i + 1, a.labels[i],
                         b.labels[i]);
  return fmt::format("`{}` has {} labels in the baseline and {} in the scenario", a.name, a.labels.size(),
                     b.labels.size());
}

std::vector<std::string> dimension_names(Table const& table) {
  std::vector<std::string> names;
  std::ranges::transform(table.dimensions, std::back_inserter(names), &Dimension::name);
  return names;
}

void expect_known(std::string const& name, std::set<std::string> const& known, std::string const& what,
                  Diagnostics& diagnostics) {
  if (known.contains(name)) return;
  diagnostics.add({.severity = Severity::error,
                   .fault = Fault::usage,
                   .place = {},
                   .problem = fmt::format("no {} `{}` in the results", what, name),
                   .why = {},
                   .suggestion = did_you_mean(name, {known.begin(), known.end()})});
}

}  // namespace

namespace {

/// The number of people in each group tells people apart where a file has no fingerprint of them.
bool are_counted_alike(RunResult const& baseline, RunResult const& scenario) {
  for (auto const tables : std::array{&RunResult::group_tables, &RunResult::tables}) {
    auto const of = [tables](RunResult const& result) -> Table const* {
      auto const found = std::ranges::find(result.*tables, "persons", &Table::name);
      return found == (result.*tables).end() ? nullptr : &*found;
    };
    Table const* const before = of(baseline);
    Table const* const after = of(scenario);
    if (before == nullptr || after == nullptr) continue;
    if (before->dimensions != after->dimensions || before->values != after->values) return false;
  }
  return true;
}

/// `draw`, `replicate` or `group`, where the results differ in how many they have.
std::string other_counts(RunResult const& baseline, RunResult const& scenario) {
  std::string text;
  for (Table const& before : baseline.tables) {
    Table const* const after = scenario.table(before.name);
    if (after == nullptr) continue;
    for (std::string const name : {"draw", "replicate", "group"}) {
      auto const mine = before.axis(name);
      auto const theirs = after->axis(name);
      if (!mine || !theirs) continue;
      std::size_t const a = before.dimensions[*mine].labels.size();
      std::size_t const b = after->dimensions[*theirs].labels.size();
      if (a != b) text += fmt::format("{}{} {}s against {}", text.empty() ? "" : ", ", a, name, b);
    }
    if (!text.empty()) return text;
  }
  return text;
}

bool differ(std::string const& a, std::string const& b) {
  return !a.empty() && !b.empty() && a != b;
}

}  // namespace

void expect_same_frame(RunResult const& baseline, RunResult const& scenario) {
  Provenance const& before = baseline.provenance;
  Provenance const& after = scenario.provenance;
  Diagnostics diagnostics;
  auto const refuse = [&](std::string const& what, std::string why, std::string suggestion) {
    diagnostics.data_error({}, fmt::format("{} cannot be paired: {}", pair_name(baseline, scenario), what),
                           std::move(why), std::move(suggestion));
  };
  if (before.seed != after.seed)
    refuse(fmt::format("seed {} against {}", before.seed, after.seed),
           "a difference is precise only between runs of the same people with the same luck", "run both with one seed");
  if (differ(before.start, after.start) || differ(before.end, after.end))
    refuse(fmt::format("{} to {} against {} to {}", before.start, before.end, after.start, after.end),
           "a longer or later run has more years, not a better outcome", "run both with one `start` and `years`");
  if (before.stock_dates != after.stock_dates && !before.start.empty() && !after.start.empty())
    refuse(fmt::format("heads are counted on `{}` against `{}`", before.stock_dates, after.stock_dates),
           "the seasons would be taken for an effect", "run both with the same `stock_dates`");
  if (before.weight != after.weight)
    refuse(fmt::format("one person stands for {} against {}", before.weight, after.weight),
           "the numbers of a larger sample are more precise, and of other people", "run both with one `weight`");
  if (auto const counts = other_counts(baseline, scenario); !counts.empty())
    refuse(counts, "each draw is paired with the same draw of the baseline", "run both with the same numbers of them");
  else if (differ(before.people, after.people) || !are_counted_alike(baseline, scenario))
    refuse("they hold different people",
           "their keys, states, ages, regions or traits at the start, or the numbers of draws, replicates or groups, "
           "do not "
           "agree",
           "run both scenarios with the same population, draws, replicates and groups");
  throw_if_errors(diagnostics);
}

void expect_same_dimensions(Table const& baseline, Table const& scenario, std::string const& scenario_name) {
  if (baseline.dimensions == scenario.dimensions) return;
  auto const before = dimension_names(baseline);
  auto const after = dimension_names(scenario);
  std::string why;
  if (before != after)
    why = fmt::format("the baseline is by {}, the scenario by {}", fmt::join(before, ", "), fmt::join(after, ", "));
  for (std::size_t i = 0; why.empty() && i < before.size(); ++i)
    if (baseline.dimensions[i] != scenario.dimensions[i])
      why = difference_of(baseline.dimensions[i], scenario.dimensions[i]);
  throw InputError(
      Fault::data, {},
      fmt::format("table `{}` of `{}` is laid out differently from the baseline's", baseline.name, scenario_name), why,
      "run both scenarios with the same start, years, breakdowns and model");
}

void expect_known_names(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                        CompareOptions const& options) {
  Diagnostics diagnostics;
  std::set<std::string> quantities;
  std::set<std::string> dimensions;
  std::set<std::string> outcomes;
  auto const note = [&](Table const& table) {
    quantities.insert(table.quantity);
    for (Dimension const& dimension : table.dimensions) {
      dimensions.insert(dimension.name);
      if (dimension.name == "state" || dimension.name == "transition" || dimension.name == "income_state" ||
          dimension.name == "pathway_step" || dimension.name == "definition")
        outcomes.insert(dimension.labels.begin(), dimension.labels.end());
    }
  };
  for (Table const& table : baseline.tables)
    if (!tells_of_participants(table)) note(table);
  for (RunResult const* const scenario : scenarios) {
    for (Table const& table : scenario->tables)
      if (tells_of_measures(table) && !tells_of_participants(table)) note(table);
  }
  if (baseline.ledgers) {
    for (MoneyVariant const& variant : money_variants(*baseline.ledgers)) quantities.insert(variant.table);
    quantities.emplace(present_work);
  }
  for (char const* summed : {"draw", "replicate", "group"}) dimensions.erase(summed);
  for (StateInfo const& state : baseline.states)
    if (!state.group.empty()) outcomes.insert(state.group);
  for (auto const& quantity : options.quantities) expect_known(quantity, quantities, "quantity", diagnostics);
  for (auto const& dimension : options.by) expect_known(dimension, dimensions, "dimension", diagnostics);
  for (auto const& [name, direction] : options.better)
    expect_known(name, outcomes, "state, group or transition", diagnostics);
  throw_if_errors(diagnostics);
}

}  // namespace utvei
