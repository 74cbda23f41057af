// SPDX-License-Identifier: Apache-2.0
#include "cell_margins.hpp"

#include "combinations.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_parts_told = 20;
constexpr std::size_t most_conflicts_told = 5;

/// As people read it: whole if it is.
std::string people_in_words(double people) {
  return std::abs(people - std::round(people)) < 1e-6 ? fmt::format("{:.0f}", people) : fmt::format("{:.2f}", people);
}

/// Where a part was written, or the table.
Place place_of_part(CellMargin const& margin, MarginTable const& table, std::size_t part) {
  return margin.places[part].source ? margin.places[part] : table.groups.table.place;
}

void check_parts(PopulationRecipe const& recipe, PopulationFit const& fit, std::vector<double> const& seed,
                 Diagnostics& diagnostics) {
  for (std::size_t m = 0; m < fit.margins.size(); ++m) {
    CellMargin const& margin = fit.margins[m];
    auto parts = parts_without_cells(seed, margin.margin);
    std::size_t const more = parts.size() - std::min(parts.size(), most_parts_told);
    parts.resize(parts.size() - more);
    for (std::uint32_t const part : parts) {
      diagnostics.error(place_of_part(margin, recipe.margins[m], part),
                        fmt::format("nobody may be in {}, but `{}` has {} people there",
                                    describe_part(margin, recipe.margins[m], part, recipe.model), margin.margin.name,
                                    people_in_words(margin.written[part])),
                        recipe.source       ? "the register has nobody to copy there, or `structural_zeros` empties it"
                        : recipe.seed_table ? "the seed table has 0 there, or `structural_zeros` empties it"
                                            : "`structural_zeros` empties it, or no other table has these labels",
                        "correct the table, or what empties the cells");
    }
    if (more > 0)
      diagnostics.error(recipe.margins[m].groups.table.place,
                        fmt::format("and {} more parts of `{}`", more, margin.margin.name));
  }
}

void check_cells(PopulationRecipe const& recipe, PopulationFit const& fit, std::vector<double> const& seed,
                 Diagnostics& diagnostics) {
  if (recipe.source || recipe.seed_table) return;
  std::size_t count = 0;
  std::size_t first = 0;
  for (std::size_t cell = seed.size(); cell-- > 0;) {
    bool const is_known = std::ranges::any_of(
        fit.margins, [cell](CellMargin const& margin) { return margin.margin.part_of[cell] != no_part; });
    if (is_known || seed[cell] <= 0) continue;
    ++count;
    first = cell;
  }
  if (count == 0) return;
  diagnostics.error(recipe.place,
                    fmt::format("no margin says how many people are in {}{}", describe_cell(fit.cells, first),
                                count > 1 ? fmt::format(", and of {} more", count - 1) : ""),
                    "each margin leaves some of their labels out, or their counts are not known",
                    "add a margin of all people, or name them under `structural_zeros`");
}

}  // namespace

CellMargin margin_on_cells(MarginTable const& table, Cells const& cells, Regions const& regions,
                           Diagnostics& diagnostics) {
  CountTable const& counts = table.groups.table;
  Combinations const combinations{table.groups, cells, regions};
  CellMargin made;
  made.margin.name = table.name;
  std::unordered_map<Combination, std::uint32_t> part_of;
  auto const add_part = [&](Combination combination, double target, Place place) {
    made.margin.target.push_back(target);
    made.groups.push_back(combinations.groups_of(combination));
    made.places.push_back(std::move(place));
    return static_cast<std::uint32_t>(made.margin.target.size() - 1);
  };
  std::unordered_map<Combination, std::size_t> row_of;
  for (std::size_t row = 0; row < counts.rows(); ++row) {
    Combination const combination = combinations.of_row(row);
    auto const [found, is_new] = row_of.try_emplace(combination, row);
    if (!is_new) {
      diagnostics.error(counts.row_places[row], "this combination stands twice",
                        fmt::format("it stands on line {} already", counts.row_places[found->second].line),
                        "add the counts up, or choose rows with `where`");
      continue;
    }
    part_of[combination] =
        counts.count[row] ? add_part(combination, *counts.count[row], counts.row_places[row]) : no_part;
  }
  made.margin.part_of.assign(cells.size(), no_part);
  for_each_cell(cells, [&](std::size_t cell, std::vector<std::size_t> const& levels) {
    auto const combination = combinations.of_cell(levels);
    if (!combination) return;
    auto found = part_of.find(*combination);
    if (found == part_of.end()) found = part_of.emplace(*combination, add_part(*combination, 0, {})).first;
    made.margin.part_of[cell] = found->second;
  });
  made.written = made.margin.target;
  return made;
}

std::string describe_part(CellMargin const& margin, MarginTable const& table, std::size_t part, Model const& model) {
  std::string text;
  for (std::size_t c = 0; c < table.groups.columns.size(); ++c) {
    GroupColumn const& column = table.groups.columns[c];
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name_of(column.dimension, model),
                        column.groups[margin.groups[part][c]].label);
  }
  return text.empty() ? "all" : text;
}

void check_margins(PopulationRecipe const& recipe, PopulationFit const& fit, std::vector<double> const& seed,
                   Diagnostics& diagnostics) {
  check_parts(recipe, fit, seed, diagnostics);
  check_cells(recipe, fit, seed, diagnostics);
  for (std::size_t m = 0; m < fit.margins.size(); ++m) {
    auto const& target = fit.margins[m].margin.target;
    if (std::ranges::all_of(target, [](double people) { return people == 0; }))
      diagnostics.error(recipe.margins[m].groups.table.place,
                        fmt::format("`{}` has no people", fit.margins[m].margin.name),
                        "all its counts are 0, or not known", "see the column of counts");
  }
}

void warn_of_misfits(PopulationRecipe const& recipe, PopulationFit const& fit, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < std::min(fit.conflicts.size(), most_conflicts_told); ++i) {
    MarginConflict const& conflict = fit.conflicts[i];
    MarginTable const& first = recipe.margins[conflict.first];
    MarginTable const& second = recipe.margins[conflict.second];
    CellMargin const& later = fit.margins[conflict.second];
    bool const is_scaled = conflict.first_sum > 0 && conflict.second_sum > 0;
    std::size_t const more = i + 1 == most_conflicts_told ? fit.conflicts.size() - most_conflicts_told : 0;
    diagnostics.warning(
        place_of_part(later, second, conflict.second_part),
        fmt::format("`{}` has {} people where `{}` has {} ({}){}", second.name, people_in_words(conflict.second_sum),
                    first.name, people_in_words(conflict.first_sum),
                    describe_part(fit.margins[conflict.first], first, conflict.first_part, recipe.model),
                    more > 0 ? fmt::format("; and {} more such", more) : ""),
        is_scaled ? fmt::format("the earlier margin holds: the later is scaled by {:.6g} there",
                                conflict.first_sum / conflict.second_sum)
                  : "one of them has nobody: neither can be scaled to the other",
        "correct the tables, or put first the one that you trust");
  }
  if (fit.raking.converged) return;
  auto const worst = std::ranges::max_element(fit.raking.misfits, {}, &MarginMisfit::share);
  auto const m = static_cast<std::size_t>(worst - fit.raking.misfits.begin());
  diagnostics.warning(
      place_of_part(fit.margins[m], recipe.margins[m], worst->part),
      fmt::format("the margins cannot all be met: `{}` asks for {} people in {} and gets {}", recipe.margins[m].name,
                  people_in_words(worst->target),
                  describe_part(fit.margins[m], recipe.margins[m], worst->part, recipe.model),
                  people_in_words(worst->sum)),
      fmt::format("after {} rounds of fitting they still pull in different directions", fit.raking.iterations),
      "they disagree on more than two can settle, or too many cells are empty: see --check FILE");
}

}  // namespace utvei
