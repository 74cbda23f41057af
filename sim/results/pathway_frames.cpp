// SPDX-License-Identifier: Apache-2.0
#include "pathway_frames.hpp"

#include "pair_tables.hpp"
#include "said_in_scenario.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace utvei {
namespace {

struct Asked {
  std::string_view table, section;
};
constexpr std::array<Asked, 4> compared{
    {{"way_people", "ways"}, {"way_time", "ways"}, {"leavings", "leaving"}, {"sequences", "sequences"}}};

std::string section_of(RunResult const& result, std::string_view section) {
  Value const file = scenario_of(result);
  Value const* const pathways = file.find("pathways");
  Value const* const asked = pathways != nullptr ? pathways->find(section) : nullptr;
  return asked != nullptr ? to_yaml(*asked) : std::string{};
}

std::vector<std::string> const& labels_in(Table const& table, std::string_view dimension) {
  return table.dimensions[*table.axis(dimension)].labels;
}

/// The last dimension is `sequence`, whose last label is that of the others.
Table with_sequences(Table table, std::vector<std::string> const& kept) {
  auto const own = labels_in(table, "sequence");
  std::vector<std::size_t> to;
  for (std::string const& label : own) {
    auto const found = std::ranges::find(kept, label);
    to.push_back(found == kept.end() ? kept.size() - 1 : static_cast<std::size_t>(found - kept.begin()));
  }
  table.dimensions.back().labels = kept;
  std::visit(
      [&](auto& values) {
        auto const from = values;
        values.assign(from.size() / own.size() * kept.size(), 0);
        for (std::size_t i = 0; i < from.size(); ++i)
          values[i / own.size() * kept.size() + to[i % own.size()]] += from[i];
      },
      table.values);
  return table;
}

RunResult frame_of_pathways(RunResult const& result) {
  RunResult frame;
  frame.states = result.states;
  frame.region_names = result.region_names;
  frame.provenance = result.provenance;
  if (Table const* const persons = result.table("persons")) frame.tables.push_back(*persons);
  if (Table const* const persons = result.group_table("persons")) frame.group_tables.push_back(*persons);
  return frame;
}

void add_to(RunResult& frame, RunResult const& from, std::string const& name, std::vector<std::string> const* kept) {
  auto const complete = [&](Table const& table) { return kept != nullptr ? with_sequences(table, *kept) : table; };
  frame.tables.push_back(complete(*from.table(name)));
  if (Table const* const groups = from.group_table(name)) frame.group_tables.push_back(complete(*groups));
}

}  // namespace

bool tells_of_pathways(Table const& table) {
  constexpr std::array<std::string_view, 7> dimensions{"way_step",   "incidence", "incidence_time",   "leaving",
                                                       "next_state", "sequence",  "incidence_outcome"};
  return std::ranges::any_of(dimensions, [&](auto name) { return table.axis(name).has_value(); });
}

MeasureTables pathway_tables(RunResult const& baseline, RunResult const& scenario, std::vector<ComparisonNote>& notes) {
  MeasureTables both{frame_of_pathways(baseline), frame_of_pathways(scenario)};
  for (auto const& [name, section] : compared) {
    Table const* const before = baseline.table(name);
    Table const* const after = scenario.table(name);
    if (before == nullptr && after == nullptr) continue;
    if (before == nullptr || after == nullptr) {
      add_note(notes, ComparisonNote::Kind::only_in_one_result, std::string{name});
      continue;
    }
    if (section_of(baseline, section) != section_of(scenario, section)) {
      add_note(notes, ComparisonNote::Kind::other_follow_up, std::string{section});
      continue;
    }
    std::vector<std::string> kept;
    bool const is_of_sequences = before->axis("sequence").has_value();
    if (is_of_sequences)
      for (std::string const& label : labels_in(*before, "sequence"))
        if (std::ranges::find(labels_in(*after, "sequence"), label) != labels_in(*after, "sequence").end())
          kept.push_back(label);
    add_to(both.baseline, baseline, std::string{name}, is_of_sequences ? &kept : nullptr);
    add_to(both.scenario, scenario, std::string{name}, is_of_sequences ? &kept : nullptr);
  }
  return both;
}

}  // namespace utvei
