// SPDX-License-Identifier: Apache-2.0
#include "measure_tables.hpp"

#include "participants.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace utvei {
namespace {

/// What a table tells of that another result may lack.
std::string_view kind_of(Table const& table) {
  return table.axis("measure") ? "measure" : "payment";
}

std::vector<std::string> labels_along(std::string_view kind, RunResult const& result) {
  auto const table =
      std::ranges::find_if(result.tables, [&](Table const& each) { return each.axis(kind).has_value(); });
  return table == result.tables.end() ? std::vector<std::string>{} : table->dimensions[*table->axis(kind)].labels;
}

/// Those of the first, then what the second has beside them.
std::vector<std::string> all_labels(std::string_view kind, RunResult const& first, RunResult const& second) {
  std::vector<std::string> labels = labels_along(kind, first);
  for (std::string const& name : labels_along(kind, second))
    if (std::ranges::find(labels, name) == labels.end()) labels.push_back(name);
  return labels;
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

Table with_labels(Table const& table, std::string_view dimension, std::vector<std::string> const& labels) {
  std::size_t const axis = *table.axis(dimension);
  std::vector<std::string> const& own = table.dimensions[axis].labels;
  if (own == labels) return table;
  Table wide = table;
  wide.dimensions[axis].labels = labels;
  std::size_t inner = 1;
  for (std::size_t d = axis + 1; d < table.dimensions.size(); ++d) inner *= table.dimensions[d].labels.size();
  std::size_t const outer = own.empty() ? 0 : table.size() / (own.size() * inner);
  std::visit(
      [&](auto& values) {
        auto const from = values;
        values.assign(outer * labels.size() * inner, 0);
        for (std::size_t m = 0; m < own.size(); ++m) {
          auto const place = static_cast<std::size_t>(std::ranges::find(labels, own[m]) - labels.begin());
          for (std::size_t o = 0; o < outer; ++o)
            std::copy_n(from.begin() + static_cast<std::ptrdiff_t>((o * own.size() + m) * inner), inner,
                        values.begin() + static_cast<std::ptrdiff_t>((o * labels.size() + place) * inner));
        }
      },
      wide.values);
  return wide;
}

bool tells_of_measures(Table const& table) {
  return table.axis("measure") || table.axis("payment");
}

MeasureTables measure_tables(RunResult const& baseline, RunResult const& scenario) {
  auto const measures = all_labels("measure", baseline, scenario);
  auto const payments = all_labels("payment", baseline, scenario);
  auto const complete = [&](Table const& table) {
    return with_labels(table, kind_of(table), kind_of(table) == "measure" ? measures : payments);
  };
  MeasureTables both{frame_of(baseline), frame_of(scenario)};
  for (auto const tables : {&RunResult::tables, &RunResult::group_tables}) {
    auto const fill = [&](RunResult const& from, RunResult const& other, RunResult& to) {
      for (Table const& table : from.*tables)
        if (tells_of_measures(table) && !tells_of_participants(table)) (to.*tables).push_back(complete(table));
      for (Table const& table : other.*tables) {
        bool const is_there = std::ranges::find((from.*tables), table.name, &Table::name) != (from.*tables).end();
        // Who counts no payments has others than none.
        if (table.axis("measure") && !is_there && !tells_of_participants(table))
          (to.*tables).push_back(zeros_like(complete(table)));
      }
    };
    fill(baseline, scenario, both.baseline);
    fill(scenario, baseline, both.scenario);
  }
  return both;
}

std::optional<MeasureTables> transition_tables(RunResult const& baseline, RunResult const& scenario) {
  constexpr std::string_view kind = "transition";
  if (labels_along(kind, baseline) == labels_along(kind, scenario)) return std::nullopt;
  auto const labels = all_labels(kind, baseline, scenario);
  MeasureTables both{frame_of(baseline), frame_of(scenario)};
  auto const fill = [&](RunResult const& from, RunResult& to) {
    for (auto const tables : {&RunResult::tables, &RunResult::group_tables})
      for (Table const& table : from.*tables)
        if (table.axis(kind)) (to.*tables).push_back(with_labels(table, kind, labels));
  };
  fill(baseline, both.baseline);
  fill(scenario, both.scenario);
  return both;
}

}  // namespace utvei
