// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/text.hpp>
#include <utvei/population/synthesize.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string with_thousands(std::int64_t number) {
  std::string text = fmt::format("{}", number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), " ");
  return text;
}

std::string margins_text(Synthesis const& made) {
  std::size_t width = 6;
  for (MarginResult const& margin : made.margins) width = std::max(width, margin.name.size());
  std::string text = fmt::format("\n{:<{}}  {:>8}  {:>14}  {:>14}  {:>8}  furthest off\n", "margin", width, "parts",
                                 "target", "people", "missed");
  for (MarginResult const& margin : made.margins) {
    std::string const worst = margin.missed == 0 ? "–"
                                                 : fmt::format("{}: {:.6g}, got {}", margin.worst_name,
                                                               margin.worst_target, margin.worst_people);
    text += fmt::format("{:<{}}  {:>8}  {:>14.10g}  {:>14}  {:>8}  {}\n", margin.name, width, margin.parts,
                        margin.target, margin.people, margin.missed, worst);
  }
  return text;
}

/// Whole people cannot meet all margins that agree: shares of a small cell are no whole numbers.
std::string missed_text(Synthesis const& made) {
  std::size_t parts = 0, missed = 0;
  for (MarginResult const& margin : made.margins) {
    parts += margin.parts;
    missed += margin.missed;
  }
  if (missed == 0) return "; the people meet all of them";
  return fmt::format(" with each other, but whole people miss {} of their {} parts", missed, parts);
}

std::string describe_households(Households const& households) {
  std::string text = fmt::format("\n{} households; in none of them {} adults and {} children\n",
                                 with_thousands(static_cast<std::int64_t>(households.size())),
                                 with_thousands(static_cast<std::int64_t>(households.adults_outside)),
                                 with_thousands(static_cast<std::int64_t>(households.children_outside)));
  for (Households::Result const& margin : households.margins)
    text += fmt::format("{}: {:.10g} households wanted, {} made, {:.6g} off at most\n", margin.name, margin.target,
                        margin.households, margin.furthest);
  return text;
}

}  // namespace

std::string check_csv(PopulationRecipe const& recipe, PopulationFit const& fit, Synthesis const& made) {
  std::set<CellDimension> dimensions;
  for (MarginTable const& margin : recipe.margins)
    for (GroupColumn const& column : margin.groups.columns) dimensions.insert(column.dimension);
  std::string csv = "margin";
  for (CellDimension const dimension : dimensions) csv += "," + csv_field(name_of(dimension, recipe.model));
  csv += ",target,settled,result,difference\n";
  for (std::size_t m = 0; m < recipe.margins.size(); ++m) {
    CellMargin const& margin = fit.margins[m];
    auto const& columns = recipe.margins[m].groups.columns;
    for (std::size_t part = 0; part < made.by_part[m].size(); ++part) {
      csv += csv_field(recipe.margins[m].name);
      for (CellDimension const dimension : dimensions) {
        auto const column = std::ranges::find(columns, dimension, &GroupColumn::dimension);
        csv += ",";
        if (column == columns.end()) continue;
        csv += csv_field(column->groups[margin.groups[part][static_cast<std::size_t>(column - columns.begin())]].label);
      }
      auto const people = static_cast<double>(made.by_part[m][part]);
      csv += fmt::format(",{:.12g},{:.12g},{},{:.12g}\n", margin.written[part], margin.margin.target[part],
                         made.by_part[m][part], people - margin.written[part]);
    }
  }
  return csv;
}

std::string describe(PopulationRecipe const& recipe, PopulationFit const& fit, Synthesis const& made) {
  auto const filled = std::ranges::count_if(made.by_cell, [](std::int64_t people) { return people > 0; });
  std::string text = fmt::format("{}: {} people of {}, in {} of {} cells\n", recipe.name,
                                 with_thousands(static_cast<std::int64_t>(made.people.size())), format(recipe.date),
                                 with_thousands(filled), with_thousands(static_cast<std::int64_t>(fit.cells.size())));
  std::string axes;
  for (PeopleAxis const& axis : fit.cells.axes)
    axes += fmt::format("{} {} of {}", axes.empty() ? "" : " ×", axis.levels.size(), axis.name);
  if (!axes.empty()) text += fmt::format("cells:{}\n", axes);
  if (recipe.source)
    text += fmt::format("copies of the people of {} at {}; {} of them are in no cell\n", recipe.source->file,
                        format(recipe.source->date), with_thousands(static_cast<std::int64_t>(fit.donors_left_out)));
  if (!recipe.margins.empty()) {
    text += fmt::format("fitted in {} rounds{}; ", fit.raking.iterations,
                        fit.raking.converged ? "" : ", without meeting all margins");
    text += fit.conflicts.empty()
                ? fmt::format("the margins agree{}\n", missed_text(made))
                : fmt::format("{} places where margins disagreed: the earlier margin holds\n", fit.conflicts.size());
    text += margins_text(made);
  }
  if (recipe.households) text += describe_households(made.households);
  return text;
}

}  // namespace utvei
