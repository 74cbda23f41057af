// SPDX-License-Identifier: Apache-2.0
#include "margin_estimates.hpp"

#include "follow_up_summary.hpp"
#include "measure_tables.hpp"
#include "pair_tables.hpp"
#include "pairing.hpp"
#include "participants.hpp"
#include "pathway_frames.hpp"

#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace utvei {
namespace {

/// One draw of a table by group, for the transitions that the table itself has.
std::optional<Table> part_like(Table const& table, GroupPart const& read, std::size_t draw) {
  auto part = read ? read(table.name, draw) : std::nullopt;
  auto const moves = table.axis("transition");
  if (!part || !moves) return part;
  auto const& labels = table.dimensions[*moves].labels;
  return part->dimensions[*part->axis("transition")].labels == labels ? part : with_labels(*part, "transition", labels);
}

/// Pairs the groups of two results draw by draw, for several margins at once.
class DrawByDraw {
 public:
  DrawByDraw(RunResult const& baseline, RunResult const& scenario, Table const& table, Table const& other)
      : baseline_{baseline}, scenario_{scenario}, table_{table}, other_{other} {}

  /// Nothing where one of the two has no groups.
  std::optional<std::vector<PairedDifferences>> pair(std::vector<std::vector<std::string>> const& margins,
                                                     PairParts const& parts, std::vector<ComparisonNote>& notes) const {
    std::vector<PairedDifferences> all;
    for (auto const& cells : margins) all.push_back(totals(cells));
    for (std::size_t draw = 0; draw < length_of(table_, "draw"); ++draw) {
      auto const before = part_like(table_, parts.baseline, draw);
      auto const after = part_like(other_, parts.scenario, draw);
      if (!before || !after || length_of(*before, "group") < 2) return std::nullopt;
      if (draw == 0) take_groups(*before, *after, all, notes);
      for (std::size_t m = 0; m < margins.size(); ++m) {
        std::vector<std::string> keep{"replicate", "group"};
        keep.insert(keep.end(), margins[m].begin(), margins[m].end());
        add_groups_of_draw(all[m], draw, marginal_difference(*after, *before, keep));
      }
    }
    return all;
  }

 private:
  [[nodiscard]] PairedDifferences totals(std::vector<std::string> const& cells) const {
    PairedDifferences paired;
    paired.draws = length_of(table_, "draw");
    paired.replicates = length_of(table_, "replicate");
    std::vector<std::string> keep{"draw", "replicate"};
    keep.insert(keep.end(), cells.begin(), cells.end());
    paired.total = marginal_difference(other_, table_, keep);
    paired.cells = paired.total.size() / (paired.draws * paired.replicates);
    return paired;
  }

  void take_groups(Table const& before, Table const& after, std::vector<PairedDifferences>& all,
                   std::vector<ComparisonNote>& notes) const {
    expect_same_dimensions(before, after, scenario_.provenance.scenario_name);
    Table const* const persons = baseline_.group_table("persons");
    if (persons == nullptr) add_note(notes, ComparisonNote::Kind::group_sizes_unknown, table_.name);
    for (PairedDifferences& paired : all) {
      paired.groups = length_of(before, "group");
      if (persons != nullptr) paired.group_persons = marginal(*persons, {"group"});
    }
  }

  RunResult const& baseline_;
  RunResult const& scenario_;
  Table const& table_;
  Table const& other_;
};

bool couple_people(RunResult const& baseline, RunResult const& scenario) {
  return baseline.provenance.places_couple_people || scenario.provenance.places_couple_people;
}

}  // namespace

std::vector<MarginEstimates> estimate_margins(RunResult const& baseline, RunResult const& scenario, Table const& table,
                                              Table const& other, std::vector<std::vector<std::string>> const& margins,
                                              PairParts const& parts, std::vector<ComparisonNote>& notes) {
  std::vector<MarginEstimates> estimates;
  auto const add = [&](PairedDifferences const& paired) {
    estimates.push_back({paired.draws, paired.replicates, estimate_differences(paired)});
  };
  bool const are_held = baseline.group_table(table.name) != nullptr && scenario.group_table(table.name) != nullptr;
  if (parts.baseline && !are_held && !couple_people(baseline, scenario)) {
    if (auto const all = DrawByDraw{baseline, scenario, table, other}.pair(margins, parts, notes)) {
      for (PairedDifferences const& paired : *all) add(paired);
      return estimates;
    }
  }
  for (auto const& cells : margins) add(pair_tables(baseline, scenario, table, other, cells, notes));
  return estimates;
}

bool must_hold_groups(Table const& table, std::vector<RunResult> const& results, CompareOptions const& options) {
  if (table.quantity == "persons" || table.axis("account") || tells_of_measures(table) ||
      tells_of_participants(table) || tells_of_follow_ups(table) || tells_of_pathways(table))
    return true;
  // Years in work are among what money is made of.
  bool const has_money =
      std::ranges::any_of(results, [](RunResult const& result) { return result.ledgers.has_value(); });
  if (has_money && table.quantity == "person_years") return true;
  bool const is_ranked = std::ranges::any_of(options.rank, [&](AskedOutcome const& outcome) {
    return outcome.of == table.quantity || outcome.of == table.name;
  });
  auto const& asked = options.quantities;
  bool const is_set_against = asked.empty() ? table.quantity == "person_years" || table.quantity == "defined"
                                            : std::ranges::find(asked, table.quantity) != asked.end();
  return is_ranked || (!options.contrasts.empty() && is_set_against);
}

}  // namespace utvei
