// SPDX-License-Identifier: Apache-2.0
#include "assumptions.hpp"
#include "contrasts.hpp"
#include "directions.hpp"
#include "follow_up_summary.hpp"
#include "margin_estimates.hpp"
#include "measure_tables.hpp"
#include "money_tables.hpp"
#include "pair_tables.hpp"
#include "pairing.hpp"
#include "participants.hpp"
#include "pathway_frames.hpp"
#include "rank_scenarios.hpp"
#include "row_errors.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/counted_days.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Which of region and year are kept; the category (state or transition) always is.
struct Margin {
  bool region;
  bool year;
};
constexpr std::array<Margin, 4> margins{{{false, false}, {false, true}, {true, false}, {true, true}}};

/// Adds the rows of one scenario to a comparison.
class Comparer {
 public:
  /// `inhabited`: regions in which somebody spends time; empty if no table says where.
  Comparer(RunResult const& baseline, RunResult const& scenario, std::set<std::string> const& inhabited,
           CompareOptions const& options, PairParts const& parts, Comparison& out)
      : baseline_{baseline},
        scenario_{scenario},
        options_{options},
        parts_{parts},
        out_{out},
        inhabited_{inhabited},
        is_assumed_{is_main_effect_assumed(out.assumed.back())} {}

  void add_quantity(std::string const& quantity) const;

 private:
  [[nodiscard]] bool is_shown(std::string const& region) const;
  [[nodiscard]] Table const* table_for(std::string const& quantity, Margin margin) const;
  [[nodiscard]] std::vector<std::string> cells_of(Table const& table, Margin margin) const;
  void add_margin(Table const& table, Margin margin, MarginEstimates const& estimates) const;
  void note(ComparisonNote::Kind kind, std::string detail = {}) const;

  RunResult const& baseline_;
  RunResult const& scenario_;
  CompareOptions const& options_;
  PairParts const& parts_;
  Comparison& out_;
  std::set<std::string> const& inhabited_;
  bool is_assumed_;
};

/// A county stands for the municipalities below it: people are counted where they live, and its own line is empty.
bool Comparer::is_shown(std::string const& region) const {
  return region.empty() || inhabited_.empty() || inhabited_.contains(region);
}

/// Who began within a week is among those who did within two: such counts do not add up.
bool adds_up(Table const& table, CompareOptions const& options) {
  return !table.axis("waiting_time") || std::ranges::find(options.by, "waiting_time") != options.by.end();
}

/// The first table of the quantity that holds what is asked for, rather one that tells states apart.
Table const* Comparer::table_for(std::string const& quantity, Margin margin) const {
  Table const* chosen = nullptr;
  for (Table const& table : baseline_.tables) {
    bool const holds = table.quantity == quantity && (!margin.region || table.axis("region")) &&
                       (!margin.year || table.axis("year")) && adds_up(table, options_) &&
                       std::ranges::all_of(options_.by, [&](auto const& name) { return table.axis(name).has_value(); });
    if (!holds) continue;
    if (!category_of(table).empty()) return &table;
    if (chosen == nullptr) chosen = &table;
  }
  return chosen;
}

/// Margins of one table are estimated together, so that its groups are read once.
void Comparer::add_quantity(std::string const& quantity) const {
  std::vector<std::pair<Table const*, Margin>> asked;
  for (Margin const margin : margins) {
    Table const* const table = table_for(quantity, margin);
    if (table == nullptr) continue;
    if (!adds_up_over_years(quantity) && !margin.year && table->axis("year")) continue;
    asked.emplace_back(table, margin);
  }
  std::map<Table const*, std::vector<MarginEstimates>> found;
  std::map<Table const*, std::size_t> taken;
  for (auto const& [table, margin] : asked) {
    Table const* const other = scenario_.table(table->name);
    if (other == nullptr) {
      note(ComparisonNote::Kind::only_in_one_result, table->name);
      continue;
    }
    if (!found.contains(table)) {
      expect_same_dimensions(*table, *other, scenario_.provenance.scenario_name);
      std::vector<std::vector<std::string>> cells;
      for (auto const& [same, of] : asked)
        if (same == table) cells.push_back(cells_of(*table, of));
      found[table] = estimate_margins(baseline_, scenario_, *table, *other, cells, parts_, out_.notes);
    }
    add_margin(*table, margin, found[table][taken[table]++]);
  }
}

std::vector<std::string> Comparer::cells_of(Table const& table, Margin margin) const {
  std::vector<std::string> cells;
  if (margin.region) cells.emplace_back("region");
  if (margin.year) cells.emplace_back("year");
  for (auto const& name : out_.by)
    if (table.axis(name)) cells.push_back(name);
  if (std::string const category = category_of(table); !category.empty()) cells.push_back(category);
  return cells;
}

void Comparer::add_margin(Table const& table, Margin margin, MarginEstimates const& estimates) const {
  std::vector<std::string> const cells = cells_of(table, margin);
  std::string const category = category_of(table);
  std::vector<double> const before = marginal(table, cells);
  std::vector<double> const after = marginal(*scenario_.table(table.name), cells);
  double const runs = static_cast<double>(estimates.draws * estimates.replicates);

  auto const label = [&](std::string const& dimension, std::size_t cell) -> std::string {
    std::size_t stride = 1;
    for (std::size_t i = cells.size(); i-- > 0;) {
      std::size_t const length = length_of(table, cells[i]);
      if (cells[i] == dimension) return table.dimensions[*table.axis(dimension)].labels[cell / stride % length];
      stride *= length;
    }
    return {};
  };
  CountedDays const days{baseline_, table, cells};
  for (std::size_t cell = 0; cell < estimates.cells.size(); ++cell) {
    std::string const region = label("region", cell);
    if (!is_shown(region) || !days.contains(cell)) continue;
    ComparisonRow row;
    row.scenario = scenario_.provenance.scenario_name;
    row.measure_of = table.name;
    row.region = region;
    row.year = label("year", cell);
    row.state = category.empty() ? std::string{} : label(category, cell);
    for (auto const& name : out_.by) row.by.push_back(label(name, cell));
    row.baseline = before[cell] / runs;
    row.value = after[cell] / runs;
    row.difference = estimates.cells[cell].difference;
    auto const direction = direction_of(baseline_, category, row.state, options_.better);
    fill_errors(row, estimates.cells[cell], {out_.weight, estimates.draws > 1, direction, is_assumed_}, out_.notes);
    out_.rows.push_back(std::move(row));
  }
  out_.units[table.name] = table.units;
  out_.draws = estimates.draws;
  out_.replicates = estimates.replicates;
}

void Comparer::note(ComparisonNote::Kind kind, std::string detail) const {
  add_note(out_.notes, kind, std::move(detail));
}

void find_inhabited(RunResult const& result, std::set<std::string>& inhabited) {
  for (Table const& table : result.tables) {
    auto const axis = table.axis("region");
    if (table.quantity != "person_years" || !axis) continue;
    auto const years = marginal(table, {"region"});
    for (std::size_t r = 0; r < years.size(); ++r)
      if (years[r] > 0) inhabited.insert(table.dimensions[*axis].labels[r]);
  }
}

/// In the order of the tables; the number of persons, and a part of the balance, are no outcomes.
std::vector<std::string> quantities_of(RunResult const& result, CompareOptions const& options, bool of_measures) {
  std::vector<std::string> quantities;
  for (Table const& table : result.tables)
    if (tells_of_measures(table) == of_measures && !tells_of_follow_ups(table) && !tells_of_participants(table) &&
        !tells_of_pathways(table) && table.quantity != "persons" && table.quantity != "passing_balance" &&
        std::ranges::find(quantities, table.quantity) == quantities.end())
      quantities.push_back(table.quantity);
  if (options.quantities.empty()) return quantities;
  std::erase_if(quantities, [&](std::string const& name) {
    return std::ranges::find(options.quantities, name) == options.quantities.end();
  });
  return quantities;
}

std::vector<std::string> pathway_quantities_of(RunResult const& result, CompareOptions const& options) {
  std::vector<std::string> quantities;
  for (Table const& table : result.tables) {
    bool const is_asked =
        options.quantities.empty() || std::ranges::find(options.quantities, table.quantity) != options.quantities.end();
    if (tells_of_pathways(table) && is_asked) quantities.push_back(table.quantity);
  }
  return quantities;
}

/// Several stock dates a year are told apart, asked or not: their counts do not add up.
std::vector<std::string> kept_dimensions(RunResult const& baseline, CompareOptions const& options) {
  std::vector<std::string> by = options.by;
  // These have columns of their own.
  std::erase_if(by, [](std::string const& name) {
    return name == "region" || name == "year" || name == "state" || name == "transition";
  });
  bool const has_dates =
      std::ranges::any_of(baseline.tables, [](Table const& table) { return length_of(table, "stock_date") > 1; });
  if (has_dates && std::ranges::find(by, "stock_date") == by.end()) by.emplace_back("stock_date");
  return by;
}

PairParts pair_parts(GroupParts const& parts, std::size_t scenario) {
  if (!parts.baseline) return {};
  return {parts.baseline, parts.scenarios.at(scenario)};
}

/// Of earning back, as of being better: none where the main effect is assumed.
void leave_chances_out(MoneySummary& money) {
  for (BreakEven& even : money.break_even) {
    even.chances.clear();
    even.never.reset();
  }
}

void add_rankings(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                  CompareOptions const& options, int present_year, Comparison& out) {
  std::vector<std::string> assumed;
  for (std::size_t i = 0; i < out.scenarios.size(); ++i)
    if (is_main_effect_assumed(out.assumed[i])) assumed.push_back(out.scenarios[i]);
  for (AskedOutcome const& outcome : options.rank)
    out.rankings.push_back(rank_scenarios(baseline, scenarios, outcome, options, present_year, assumed));
}

}  // namespace

std::string baseline_title(Comparison const& comparison, std::string_view language) {
  std::string const label = label_of(comparison.baseline_label, language);
  return label.empty() ? comparison.baseline : label;
}

std::string scenario_title(Comparison const& comparison, std::size_t scenario, std::string_view language) {
  // A comparison that was put together by hand may have no labels.
  if (scenario >= comparison.scenario_labels.size()) return comparison.scenarios[scenario];
  return label_of(comparison.scenario_labels[scenario], language);
}

Comparison compare(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                   CompareOptions const& options) {
  return compare(baseline, scenarios, options, GroupParts{});
}

Comparison compare(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                   CompareOptions const& options, GroupParts const& parts) {
  expect_known_names(baseline, scenarios, options);
  Comparison out;
  out.baseline = baseline.provenance.scenario_name;
  out.baseline_label = scenario_label(baseline);
  out.by = kept_dimensions(baseline, options);
  out.data_class = baseline.provenance.data_class;
  out.weight = static_cast<double>(baseline.provenance.weight);
  out.states = baseline.states;
  out.states.insert(out.states.end(), baseline.definitions.begin(), baseline.definitions.end());
  out.baseline_measures = baseline.measures;
  out.model = std::filesystem::path{baseline.provenance.model}.lexically_normal().string();
  out.region_names = baseline.region_names;
  if (Table const* const persons = baseline.table("persons"); persons != nullptr) {
    double const runs = static_cast<double>(length_of(*persons, "draw") * length_of(*persons, "replicate"));
    out.persons = marginal(*persons, {})[0] / runs;
  }
  int const present_year = present_year_of(baseline, scenarios);
  out.precisions.push_back(baseline.provenance.precision);
  for (RunResult const* const scenario : scenarios) {
    out.data_class = strictest({out.data_class, scenario->provenance.data_class});
    expect_same_frame(baseline, *scenario);
    out.scenarios.push_back(scenario->provenance.scenario_name);
    out.scenario_labels.push_back(scenario_label(*scenario));
    out.measures.push_back(scenario->measures);
    out.assumed.push_back(assumed_beside(baseline, *scenario));
    out.evidence.push_back(evidence_beside(baseline, *scenario));
    out.precisions.push_back(scenario->provenance.precision);
    out.participants.push_back(summarise_participants(*scenario));
    if (baseline.provenance.unmet_needs_slow || scenario->provenance.unmet_needs_slow)
      add_note(out.notes, ComparisonNote::Kind::needs_slow_by_assumption, scenario->provenance.scenario_name);
    std::set<std::string> inhabited;
    find_inhabited(baseline, inhabited);
    find_inhabited(*scenario, inhabited);
    PairParts const pair = pair_parts(parts, out.scenarios.size() - 1);
    Comparer const comparer{baseline, *scenario, inhabited, options, pair, out};
    auto const moves = transition_tables(baseline, *scenario);
    Comparer const of_moves{
        moves ? moves->baseline : baseline, moves ? moves->scenario : *scenario, inhabited, options, pair, out};
    for (auto const& quantity : quantities_of(baseline, options, false))
      (quantity == "transitions" ? of_moves : comparer).add_quantity(quantity);
    MeasureTables const measures = measure_tables(baseline, *scenario);
    Comparer const of_measures{measures.baseline, measures.scenario, inhabited, options, pair, out};
    for (auto const& quantity : quantities_of(measures.baseline, options, true)) of_measures.add_quantity(quantity);
    std::ranges::move(contrasts_of(baseline, *scenario, options, out.notes), std::back_inserter(out.contrasts));
    MeasureTables const ways = pathway_tables(baseline, *scenario, out.notes);
    Comparer const of_ways{ways.baseline, ways.scenario, inhabited, options, pair, out};
    for (auto const& quantity : pathway_quantities_of(ways.baseline, options)) of_ways.add_quantity(quantity);
    out.pathways.push_back(summarise_pathways(baseline, *scenario));
    out.follow_ups.push_back(summarise_follow_ups(baseline, *scenario, out.notes));
    auto const money = money_frames(baseline, *scenario, present_year, out.notes);
    out.money.emplace_back();
    if (!money) continue;
    Comparer const of_money{money->baseline, money->scenario, inhabited, options, pair, out};
    for (auto const& quantity : quantities_of(money->baseline, options, false)) of_money.add_quantity(quantity);
    out.money.back() = summarise_money(*money, baseline, *scenario, present_year);
    if (is_main_effect_assumed(out.assumed.back())) leave_chances_out(*out.money.back());
  }
  add_rankings(baseline, scenarios, options, present_year, out);
  if (out.rows.empty() && !scenarios.empty())
    throw InputError(Fault::usage, {},
                     fmt::format("no table of the results is kept by {}", fmt::join(options.by, " and ")), {},
                     "add a breakdown with these dimensions to the scenarios and run them again");
  return out;
}

}  // namespace utvei
