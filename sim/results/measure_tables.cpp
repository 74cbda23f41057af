// SPDX-License-Identifier: Apache-2.0
#include "measure_tables.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace utvei {
namespace {

std::vector<std::string> labels_of_measures(RunResult const& result) {
  auto const table = std::ranges::find_if(result.tables, tells_of_measures);
  return table == result.tables.end() ? std::vector<std::string>{} : table->dimensions[*table->axis("measure")].labels;
}

/// The table with these measures; those that it lacks are zeros.
Table with_measures(Table const& table, std::vector<std::string> const& measures) {
  std::size_t const axis = *table.axis("measure");
  std::vector<std::string> const& own = table.dimensions[axis].labels;
  if (own == measures) return table;
  Table wide = table;
  wide.dimensions[axis].labels = measures;
  std::size_t inner = 1;
  for (std::size_t d = axis + 1; d < table.dimensions.size(); ++d) inner *= table.dimensions[d].labels.size();
  std::size_t const outer = own.empty() ? 0 : table.size() / (own.size() * inner);
  std::visit(
      [&](auto& values) {
        auto const from = values;
        values.assign(outer * measures.size() * inner, 0);
        for (std::size_t m = 0; m < own.size(); ++m) {
          auto const place = static_cast<std::size_t>(std::ranges::find(measures, own[m]) - measures.begin());
          for (std::size_t o = 0; o < outer; ++o)
            std::copy_n(from.begin() + static_cast<std::ptrdiff_t>((o * own.size() + m) * inner), inner,
                        values.begin() + static_cast<std::ptrdiff_t>((o * measures.size() + place) * inner));
        }
      },
      wide.values);
  return wide;
}

Table zeros_like(Table table) {
  std::visit([](auto& values) { std::ranges::fill(values, 0); }, table.values);
  return table;
}

/// `stock` says on which days heads were counted.
RunResult frame_of(RunResult const& result) {
  RunResult frame;
  frame.states = result.states;
  frame.definitions = result.definitions;
  frame.measures = result.measures;
  frame.region_names = result.region_names;
  frame.provenance = result.provenance;
  for (Table const& table : result.tables)
    if (table.name == "persons" || table.name == "stock") frame.tables.push_back(table);
  if (Table const* const persons = result.group_table("persons")) frame.group_tables.push_back(*persons);
  return frame;
}

}  // namespace

bool tells_of_measures(Table const& table) {
  return table.axis("measure").has_value();
}

MeasureTables measure_tables(RunResult const& baseline, RunResult const& scenario) {
  std::vector<std::string> measures = labels_of_measures(baseline);
  for (std::string const& name : labels_of_measures(scenario))
    if (std::ranges::find(measures, name) == measures.end()) measures.push_back(name);
  MeasureTables both{frame_of(baseline), frame_of(scenario)};
  for (auto const tables : {&RunResult::tables, &RunResult::group_tables}) {
    auto const fill = [&](RunResult const& from, RunResult const& other, RunResult& to) {
      for (Table const& table : from.*tables)
        if (tells_of_measures(table)) (to.*tables).push_back(with_measures(table, measures));
      for (Table const& table : other.*tables) {
        bool const is_there = std::ranges::find((from.*tables), table.name, &Table::name) != (from.*tables).end();
        if (tells_of_measures(table) && !is_there) (to.*tables).push_back(zeros_like(with_measures(table, measures)));
      }
    };
    fill(baseline, scenario, both.baseline);
    fill(scenario, baseline, both.scenario);
  }
  return both;
}

}  // namespace utvei
