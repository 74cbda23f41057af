// SPDX-License-Identifier: Apache-2.0
#include "batch_parts.hpp"

#include <utvei/core/text.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::array<std::string_view, 14> columns_after_axes{
    "is_baseline", "outcome", "units",   "baseline",           "value",      "difference",    "low_80",
    "high_80",     "low_95",  "high_95", "probability_better", "share_best", "expected_rank", "missing"};

/// No two columns of one name.
std::string column_name(ToldAxis const& axis) {
  bool const is_taken =
      axis.name == "scenario" || std::ranges::find(columns_after_axes, axis.name) != columns_after_axes.end();
  return (is_taken ? "axis_" : "") + axis.name;
}

std::string csv_number(std::optional<double> const& number) {
  return number ? fmt::format(",{}", *number) : std::string{","};
}

/// Ranks of the scenarios that are ranked, by their place among all.
using RanksOfAll = std::vector<std::optional<RunRanks>>;

std::string line_of(BatchMaterial const& material, std::size_t outcome, std::size_t scenario, RanksOfAll const& ranks) {
  ToldScenario const& of = material.scenarios[scenario];
  ToldOutcome const& what = material.outcomes[outcome];
  std::string line = csv_field(of.name);
  for (std::size_t axis = 0; axis < material.axes.size(); ++axis)
    line += "," + (of.place.empty() ? std::string{} : csv_field(material.axes[axis].values[of.place[axis]]));
  line += fmt::format(",{},{},{}", of.is_baseline ? "yes" : "no", csv_field(what.outcome.asked.text),
                      csv_field(what.outcome.units));
  auto const told = outcome < of.outcomes.size() ? of.outcomes[outcome] : std::nullopt;
  if (told) line += fmt::format(",{},{},{}", told->baseline, told->value, told->difference);
  if (!told) line += ",,,";
  for (int const level : {80, 95}) {
    auto const limits = told ? interval_of(*told, level) : std::nullopt;
    line += csv_number(limits ? std::optional{limits->first} : std::nullopt);
    line += csv_number(limits ? std::optional{limits->second} : std::nullopt);
  }
  line += csv_number(told ? told->chance_better : std::nullopt);
  auto const& rank = ranks[scenario];
  line += csv_number(rank ? std::optional{rank->best} : std::nullopt);
  line += csv_number(rank ? std::optional{rank->expected} : std::nullopt);
  return line + "," + csv_field(of.missing.en) + "\n";
}

}  // namespace

std::string batch_csv(BatchMaterial const& material) {
  std::string text = "scenario";
  for (ToldAxis const& axis : material.axes) text += "," + csv_field(column_name(axis));
  for (std::string_view const column : columns_after_axes) text += fmt::format(",{}", column);
  text += '\n';
  for (std::size_t outcome = 0; outcome < material.outcomes.size(); ++outcome) {
    RanksOfAll ranks(material.scenarios.size());
    BatchRanking const ranking = ranking_of(material, outcome);
    if (ranking.tells_chances)
      for (RankedPoint const& one : ranking.scenarios) ranks[one.scenario] = one.ranks;
    for (std::size_t scenario = 0; scenario < material.scenarios.size(); ++scenario)
      text += line_of(material, outcome, scenario, ranks);
  }
  return text;
}

}  // namespace utvei
