// SPDX-License-Identifier: Apache-2.0
#include "batch_parts.hpp"

#include <fmt/format.h>

namespace utvei {
namespace {

std::string csv_text(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char const c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
  return quoted + '"';
}

std::string csv_number(std::optional<double> const& number) {
  return number ? fmt::format(",{}", *number) : std::string{","};
}

/// Ranks of the scenarios that are ranked, by their place among all.
using RanksOfAll = std::vector<std::optional<RunRanks>>;

std::string line_of(BatchMaterial const& material, std::size_t outcome, std::size_t scenario, RanksOfAll const& ranks) {
  ToldScenario const& of = material.scenarios[scenario];
  ToldOutcome const& what = material.outcomes[outcome];
  std::string line = csv_text(of.name);
  for (std::size_t axis = 0; axis < material.axes.size(); ++axis)
    line += "," + (of.place.empty() ? std::string{} : csv_text(material.axes[axis].values[of.place[axis]]));
  line += fmt::format(",{},{},{}", of.is_baseline ? "yes" : "no", csv_text(what.outcome.asked.text),
                      csv_text(what.outcome.units));
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
  return line + "," + csv_text(of.missing.en) + "\n";
}

}  // namespace

std::string batch_csv(BatchMaterial const& material) {
  std::string text = "scenario";
  std::string const others =
      ",is_baseline,outcome,units,baseline,value,difference,low_80,high_80,low_95,high_95,probability_better,"
      "share_best,expected_rank,missing\n";
  // No two columns of one name.
  auto const is_taken = [&](std::string const& name) {
    return name == "scenario" || others.find("," + name + ",") != std::string::npos || name == "missing";
  };
  for (ToldAxis const& axis : material.axes) text += "," + csv_text((is_taken(axis.name) ? "axis_" : "") + axis.name);
  text += others;
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
