// SPDX-License-Identifier: Apache-2.0
#include "directions.hpp"
#include "half_width.hpp"
#include "intervals.hpp"
#include "money_tables.hpp"
#include "pair_tables.hpp"
#include "pairing.hpp"
#include "row_errors.hpp"

#include <utvei/results/assumed.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/outcome_rows.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// Of person-years by state, and by what is asked for.
Table const* years_table(RunResult const& result, GroupQuestion const& question) {
  for (Table const& table : result.tables)
    if (table.quantity == "person_years" && table.axis("state") && (!question.by_year || table.axis("year")) &&
        (question.areas.empty() || table.axis("region")))
      return &table;
  return nullptr;
}

/// Places of labels along an axis.
std::vector<std::size_t> places_along(Dimension const& axis, std::vector<std::string> const& labels) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < axis.labels.size(); ++i)
    if (std::ranges::find(labels, axis.labels[i]) != labels.end()) places.push_back(i);
  return places;
}

std::vector<std::string> states_in_group(RunResult const& result, std::string const& group) {
  std::vector<std::string> names;
  for (StateInfo const& state : result.states)
    if (state.group == group) names.push_back(state.name);
  return names;
}

/// The question to one table of two results.
class GroupTable {
 public:
  GroupTable(RunResult const& baseline, RunResult const& scenario, Table const& table, GroupQuestion const& question)
      : baseline_{baseline},
        scenario_{scenario},
        table_{table},
        other_{*scenario.table(table.name)},
        question_{question},
        states_{table.dimensions[*table.axis("state")]},
        group_{places_along(states_, states_in_group(baseline, question.group))},
        years_{question.by_year ? length_of(table, "year") : 1} {
    if (question.areas.empty()) areas_.push_back({0});
    for (RegionArea const& area : question.areas)
      areas_.push_back(places_along(table.dimensions[*table.axis("region")], area.regions));
  }

  [[nodiscard]] GroupRows tell(ResultGate const* gate) const {
    GroupRows out;
    if (group_.empty()) return out;
    expect_same_dimensions(table_, other_, scenario_.provenance.scenario_name);
    std::vector<std::string> cells;
    if (!question_.areas.empty()) cells.emplace_back("region");
    if (question_.by_year) cells.emplace_back("year");
    cells.emplace_back("state");
    std::vector<ComparisonNote> unheard;
    PairedDifferences paired = pair_tables(baseline_, scenario_, table_, other_, cells, unheard);
    paired.total = added_up(paired.total, group_);
    paired.by_group = added_up(paired.by_group, group_);
    paired.cells = areas_.size() * years_;
    auto const estimates = estimate_differences(paired);
    double const runs = static_cast<double>(paired.draws * paired.replicates);
    auto const before = marginal(table_, cells);
    auto const after = marginal(other_, cells);
    auto const everybody = added_up(before, living_here());
    auto const everybody_after = added_up(after, living_here());
    auto const of_baseline = added_up(before, group_);
    auto const of_scenario = added_up(after, group_);
    auto const direction = direction_of(baseline_, "state", states_.labels[group_.front()], {});
    bool const is_assumed = is_main_effect_assumed(assumed_beside(baseline_, scenario_));
    for (std::size_t cell = 0; cell < paired.cells; ++cell) {
      if (everybody[cell] == 0 && everybody_after[cell] == 0) continue;
      GroupRow found{named(cell), everybody[cell] / runs};
      if (gate != nullptr && hides_everybody(*gate, cell)) found.years_of_all.reset();
      if (gate != nullptr && is_hidden(*gate, cell)) {
        ++out.held_back;
        continue;
      }
      found.row.baseline = of_baseline[cell] / runs;
      found.row.value = of_scenario[cell] / runs;
      found.row.difference = estimates[cell].difference;
      fill_errors(found.row, estimates[cell],
                  {static_cast<double>(baseline_.provenance.weight), paired.draws > 1, direction, is_assumed}, unheard);
      if (gate != nullptr && gate->rules().round_to > 1) {
        round_row(found.row, gate->rules());
        if (found.years_of_all) found.years_of_all = rounded(*found.years_of_all, gate->rules());
      }
      out.rows.push_back(std::move(found));
    }
    return out;
  }

 private:
  /// Sums over states, and over the regions of each area: what is by region, year and state is by area and year then.
  [[nodiscard]] std::vector<double> added_up(std::vector<double> const& values,
                                             std::vector<std::size_t> const& states) const {
    std::size_t const regions = question_.areas.empty() ? 1 : length_of(table_, "region");
    std::size_t const across = states_.labels.size();
    std::size_t const block = regions * years_ * across;
    std::vector<double> sums(values.size() / block * areas_.size() * years_, 0);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      std::size_t const year = i % years_;
      std::size_t const begin = i / years_ / areas_.size() * block;
      for (std::size_t const region : areas_[i / years_ % areas_.size()])
        for (std::size_t const state : states) sums[i] += values[begin + (region * years_ + year) * across + state];
    }
    return sums;
  }

  [[nodiscard]] std::string year_of(std::size_t cell) const {
    return question_.by_year ? table_.dimensions[*table_.axis("year")].labels[cell % years_] : std::string{};
  }

  [[nodiscard]] ComparisonRow named(std::size_t cell) const {
    ComparisonRow row;
    row.scenario = scenario_.provenance.scenario_name;
    row.measure_of = table_.name;
    row.state = question_.group;
    row.year = year_of(cell);
    if (!question_.areas.empty()) row.region = question_.areas[cell / years_].name;
    return row;
  }

  /// A sum stays inside with any of its numbers.
  [[nodiscard]] bool is_hidden(ResultGate const& gate, std::size_t cell) const {
    return std::ranges::any_of(group_, [&](std::size_t state) { return hides(gate, cell, states_.labels[state]); });
  }

  /// States but those of the dead and of those who have left, whom no share is of.
  [[nodiscard]] std::vector<std::size_t> living_here() const {
    std::vector<std::size_t> living;
    for (std::size_t state = 0; state < states_.labels.size(); ++state)
      if (!is_gone(states_.labels[state])) living.push_back(state);
    return living;
  }

  [[nodiscard]] static bool is_gone(std::string const& state) { return state == "dead" || state == "abroad"; }

  /// Those who live here are all but those who do not.
  [[nodiscard]] bool hides_everybody(ResultGate const& gate, std::size_t cell) const {
    auto const is_hidden_gone = [&](std::string const& state) { return is_gone(state) && hides(gate, cell, state); };
    return hides(gate, cell, {}) || std::ranges::any_of(states_.labels, is_hidden_gone);
  }

  /// `state`: empty for all of them together.
  [[nodiscard]] bool hides(ResultGate const& gate, std::size_t cell, std::string const& state) const {
    std::string const year = year_of(cell);
    return std::ranges::any_of(areas_[cell / years_], [&](std::size_t region) {
      std::vector<std::pair<std::string, std::string>> place;
      if (!question_.areas.empty())
        place.emplace_back("region", table_.dimensions[*table_.axis("region")].labels[region]);
      if (!year.empty()) place.emplace_back("year", year);
      return gate.hides(table_.name, place, state);
    });
  }

  RunResult const& baseline_;
  RunResult const& scenario_;
  Table const& table_;
  Table const& other_;
  GroupQuestion const& question_;
  Dimension const& states_;
  std::vector<std::size_t> group_;                 ///< places of its states
  std::size_t years_;                              ///< 1: not told apart
  std::vector<std::vector<std::size_t>> areas_{};  ///< places of their regions
};

}  // namespace

void round_row(ComparisonRow& row, DisclosureRules const& rules) {
  row.baseline = rounded(row.baseline, rules);
  row.value = rounded(row.value, rules);
  double const shift = row.value - row.baseline - row.difference;
  row.difference += shift;
  for (auto* const limit : {&row.low_95, &row.high_95, &row.count_low_95, &row.count_high_95})
    if (*limit) **limit += shift;
}

GroupRows rows_of_group(RunResult const& baseline, RunResult const& scenario, GroupQuestion const& question,
                        ResultGate const* gate) {
  expect_same_frame(baseline, scenario);
  Table const* const table = years_table(baseline, question);
  if (table == nullptr || scenario.table(table->name) == nullptr) return {};
  return GroupTable{baseline, scenario, *table, question}.tell(gate);
}

std::vector<ComparisonRow> rows_of_gain(RunResult const& baseline, RunResult const& scenario, std::string_view ledger,
                                        int present_year) {
  std::vector<ComparisonNote> unheard;
  auto const frames = money_frames(baseline, scenario, present_year, unheard);
  auto const place = static_cast<std::size_t>(std::ranges::find(ledger_names, ledger) - ledger_names.begin());
  if (!frames || place == ledger_names.size()) return {};
  auto const runs = gains_by_year(*frames, baseline, scenario, place, present_year);
  if (runs.empty()) return {};
  Table const& balance = *baseline.table("balance");
  PairedDifferences paired;
  paired.draws = length_of(balance, "draw");
  paired.replicates = length_of(balance, "replicate");
  paired.cells = runs.front().size();
  for (auto const& run : runs) paired.total.insert(paired.total.end(), run.begin(), run.end());
  auto const estimates = estimate_differences(paired);
  std::vector<ComparisonRow> rows;
  for (std::size_t year = 0; year < paired.cells; ++year) {
    ComparisonRow& row = rows.emplace_back();
    row.scenario = scenario.provenance.scenario_name;
    row.measure_of = "present_value";
    row.state = std::string{ledger};
    row.year = balance.dimensions[*balance.axis("year")].labels[year];
    row.value = row.difference = estimates[year].difference;
    fill_errors(row, estimates[year], {static_cast<double>(baseline.provenance.weight), paired.draws > 1, {}, false},
                unheard);
  }
  return rows;
}

std::optional<std::pair<double, double>> shown_interval(ComparisonRow const& row, int per_cent) {
  auto const half = half_width(row);
  if (!half) return std::nullopt;
  double quantile = normal_975;
  for (Level const& level : further_levels)
    if (level.per_cent == per_cent) quantile = level.quantile;
  double const part = *half * quantile / normal_975;
  return std::pair{row.difference - part, row.difference + part};
}

std::optional<bool> stands_out_from_zero(ComparisonRow const& row) {
  auto const half = half_width(row);
  if (!half) return std::nullopt;
  return row.difference != 0 && std::abs(row.difference) > *half;
}

}  // namespace utvei
