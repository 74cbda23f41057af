// SPDX-License-Identifier: Apache-2.0
#include "paired_outcome.hpp"

#include "directions.hpp"
#include "measure_tables.hpp"
#include "money_tables.hpp"
#include "pairing.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The quantity itself, or a table of it.
bool is_of(Table const& table, std::string const& of) {
  return table.quantity == of || table.name == of;
}

bool has_table(RunResult const& result, std::string const& of) {
  return std::ranges::any_of(result.tables, [&of](Table const& table) { return is_of(table, of); });
}

BothValues values_in(RunResult const& before, RunResult const& after, AskedOutcome const& outcome) {
  std::string units;
  for (Table const& table : before.tables) {
    if (!is_of(table, outcome.of)) continue;
    units = table.units;
    if (Table const* const other = after.table(table.name); other != nullptr)
      expect_same_dimensions(table, *other, after.provenance.scenario_name);
  }
  return {values_of(before, outcome), values_of(after, outcome), units};
}

}  // namespace

BothValues values_of_both(RunResult const& baseline, RunResult const& scenario, AskedOutcome const& outcome,
                          int present_year) {
  auto const measures = measure_tables(baseline, scenario);
  bool const is_of_measures = std::ranges::any_of(measures.baseline.tables, [&outcome](Table const& table) {
    return tells_of_measures(table) && is_of(table, outcome.of);
  });
  if (is_of_measures) return values_in(measures.baseline, measures.scenario, outcome);
  if (!has_table(baseline, outcome.of)) {
    std::vector<ComparisonNote> notes;
    auto const money = money_frames(baseline, scenario, present_year, notes);
    if (money && has_table(money->baseline, outcome.of)) return values_in(money->baseline, money->scenario, outcome);
    if (!notes.empty())
      throw InputError(Fault::usage, {}, fmt::format("outcome `{}` is not known of both results", outcome.text),
                       text_of(notes.front(), "en"), "ask for another outcome");
  }
  return values_in(baseline, scenario, outcome);
}

bool is_more_better(RunResult const& baseline, OutcomeValues const& values, AskedOutcome const& outcome,
                    std::map<std::string, Better> const& given) {
  std::set<Better> directions;
  bool is_known = !values.states.empty();
  std::string const category = outcome.of.starts_with("present_value") ? "ledger" : "state";
  for (std::string const& state : values.states) {
    auto const direction = direction_of(baseline, category, state, given);
    if (direction) directions.insert(*direction);
    is_known = is_known && direction.has_value();
  }
  if (outcome.of == present_work) return true;
  if (is_known && directions.size() == 1) return *directions.begin() == Better::more;
  throw InputError(
      Fault::usage, {}, fmt::format("outcome `{}`: nobody says whether more of it is better", outcome.text),
      directions.size() > 1 ? "of the states that are added up, more is good news of some and bad news of others" : "",
      values.states.empty() ? "ask for an outcome that names a state"
                            : fmt::format("add --better \"{}=less\", or more", fmt::join(values.states, "=less,")));
}

PairedDifferences difference_between(OutcomeValues const& value, OutcomeValues const& baseline) {
  PairedDifferences paired;
  paired.draws = value.draws;
  paired.replicates = value.replicates;
  paired.cells = 1;
  paired.total = value.total;
  for (std::size_t i = 0; i < paired.total.size(); ++i) paired.total[i] -= baseline.total[i];
  if (value.by_group.empty() || baseline.by_group.empty()) return paired;
  paired.groups = value.groups;
  paired.group_persons = baseline.group_persons;
  paired.by_group = value.by_group;
  for (std::size_t i = 0; i < paired.by_group.size(); ++i) paired.by_group[i] -= baseline.by_group[i];
  return paired;
}

}  // namespace utvei
