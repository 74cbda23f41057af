// SPDX-License-Identifier: Apache-2.0
#include "pair_tables.hpp"

#include "pairing.hpp"

#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <utility>

namespace utvei {

void add_note(std::vector<ComparisonNote>& notes, ComparisonNote::Kind kind, std::string detail) {
  ComparisonNote const one{kind, std::move(detail)};
  if (std::ranges::find(notes, one) == notes.end()) notes.push_back(one);
}

PairedDifferences pair_tables(RunResult const& baseline, RunResult const& scenario, Table const& table,
                              Table const& other, std::vector<std::string> const& cells,
                              std::vector<ComparisonNote>& notes) {
  using Kind = ComparisonNote::Kind;
  PairedDifferences paired;
  paired.draws = length_of(table, "draw");
  paired.replicates = length_of(table, "replicate");
  std::vector<std::string> keep{"draw", "replicate"};
  keep.insert(keep.end(), cells.begin(), cells.end());
  paired.total = marginal_difference(other, table, keep);
  paired.cells = paired.total.size() / (paired.draws * paired.replicates);
  Table const* const groups = baseline.group_table(table.name);
  Table const* const other_groups = scenario.group_table(table.name);
  // Where places couple people, groups are no independent samples.
  if (baseline.provenance.places_couple_people || scenario.provenance.places_couple_people) {
    add_note(notes, paired.replicates > 1 ? Kind::places_couple_people : Kind::places_couple_people_of_one_run,
             scenario.provenance.scenario_name);
    return paired;
  }
  if (groups == nullptr || other_groups == nullptr || length_of(*groups, "group") < 2) {
    // Payments are too many to be kept by group: their balance is.
    if (table.quantity != "payments")
      add_note(notes, paired.replicates > 1 ? Kind::error_from_replicates : Kind::no_monte_carlo_error, table.name);
    return paired;
  }
  expect_same_dimensions(*groups, *other_groups, scenario.provenance.scenario_name);
  paired.groups = length_of(*groups, "group");
  keep.insert(keep.begin() + 2, "group");
  paired.by_group = marginal_difference(*other_groups, *groups, keep);
  if (Table const* const persons = baseline.group_table("persons"); persons != nullptr)
    paired.group_persons = marginal(*persons, {"group"});
  else
    add_note(notes, Kind::group_sizes_unknown, table.name);
  return paired;
}

}  // namespace utvei
