// SPDX-License-Identifier: Apache-2.0
// Time in some states is what people bring there: whoever comes to them at t adds the rest of the run, T - t, and
// whoever leaves takes it away (an identity of stocks and flows, as in multistate demography: Rogers 1975; Schoen
// 1988). So the difference of two runs of the same people is the sum over transitions of differences of flows, each
// with the rest of the run. Flows are known by year: what is left is when in the year they happen.
#include "half_width.hpp"
#include "measure_tables.hpp"
#include "pair_tables.hpp"
#include "pairing.hpp"
#include "partings.hpp"
#include "row_errors.hpp"

#include <utvei/core/time.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/results/explain.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Of a name that both a state and a group have, the state, as outcomes of rankings have it.
std::vector<std::string> states_of(RunResult const& result, std::string const& outcome) {
  if (std::ranges::find(result.states, outcome, &StateInfo::name) != result.states.end()) return {outcome};
  std::vector<std::string> states, known;
  for (StateInfo const& state : result.states) {
    if (state.group == outcome) states.push_back(state.name);
    known.push_back(state.name);
    if (!state.group.empty()) known.push_back(state.group);
  }
  if (!states.empty()) return states;
  std::ranges::sort(known);
  known.erase(std::ranges::unique(known).begin(), known.end());
  throw InputError{Fault::usage,
                   Place{},
                   fmt::format("--explain: no state or group `{}` in the results", outcome),
                   {},
                   did_you_mean(outcome, known)};
}

/// The part of each calendar year that lies in the run, as years since its start: where it begins and ends.
struct YearPart {
  double from, to;
};
YearPart part_of_year(std::string const& label, Provenance const& provenance) {
  Instant const start = parse_date(provenance.start).value_or(Instant{});
  Instant const end = parse_date(provenance.end).value_or(Instant{});
  int const year = std::stoi(label);
  Instant const from = std::max(start, date(year, 1, 1).value_or(start));
  Instant const to = std::min(end, date(year + 1, 1, 1).value_or(end));
  auto const years = [&](Instant time) { return static_cast<double>((time - start).minutes) / minutes_per_year; };
  return {years(from), years(to)};
}

/// Sums of cells with weights, cell by cell of the result: `weights[result][cell]`.
PairedDifferences weighted(PairedDifferences const& paired, std::vector<std::vector<double>> const& weights) {
  PairedDifferences sums = paired;
  sums.cells = weights.size();
  auto const sum_lines = [&](std::vector<double> const& from) {
    std::vector<double> to;
    for (std::size_t line = 0; line * paired.cells < from.size(); ++line)
      for (auto const& weight : weights) {
        double sum = 0;
        for (std::size_t cell = 0; cell < paired.cells; ++cell)
          if (weight[cell] != 0) sum += weight[cell] * from[line * paired.cells + cell];
        to.push_back(sum);
      }
    return to;
  };
  sums.total = sum_lines(paired.total);
  sums.by_group = sum_lines(paired.by_group);
  return sums;
}

std::optional<double> error_of(PairedEstimate const& estimate) {
  return estimate.monte_carlo_variance ? std::optional{std::sqrt(*estimate.monte_carlo_variance)} : std::nullopt;
}

/// Half of the interval that a comparison shows of such a difference.
std::optional<double> half_of(RunResult const& baseline, PairedDifferences const& paired,
                              PairedEstimate const& estimate) {
  ComparisonRow row;
  row.difference = estimate.difference;
  std::vector<ComparisonNote> unheard;
  fill_errors(row, estimate, {static_cast<double>(baseline.provenance.weight), paired.draws > 1, std::nullopt, false},
              unheard);
  return half_width(row);
}

/// What both results are asked with.
struct Pairing {
  RunResult const& baseline;
  RunResult const& scenario;
  std::vector<std::string> const& states;
  std::vector<ComparisonNote> unheard{};
  [[nodiscard]] bool is_in(std::string const& state) const { return std::ranges::find(states, state) != states.end(); }
};

Table const* find_table(RunResult const& result, std::string_view quantity,
                        std::vector<std::string> const& dimensions) {
  auto const found = std::ranges::find_if(result.tables, [&](Table const& table) {
    return table.quantity == quantity &&
           std::ranges::all_of(dimensions, [&](auto const& name) { return table.axis(name).has_value(); });
  });
  return found == result.tables.end() ? nullptr : &*found;
}

Table const& require_table(RunResult const& result, std::string_view quantity,
                           std::vector<std::string> const& dimensions) {
  if (Table const* const table = find_table(result, quantity, dimensions)) return *table;
  throw InputError{Fault::data, Place{},
                   fmt::format("--explain: `{}` has no table of {} by {}", result.provenance.scenario_name, quantity,
                               fmt::join(dimensions, " and ")),
                   "the effect is laid to transitions year by year",
                   "run the scenario with a breakdown such as [year, state]"};
}

double runs_in(Table const& table) {
  return static_cast<double>(length_of(table, "draw") * length_of(table, "replicate"));
}

/// The effect by label of a dimension: person-years in the states.
std::vector<EffectPart> parts_by(Pairing& pair, Table const& table, std::string const& dimension) {
  Table const* const other = pair.scenario.table(table.name);
  if (other == nullptr) return {};
  expect_same_dimensions(table, *other, pair.scenario.provenance.scenario_name);
  std::vector<std::string> const cells =
      dimension.empty() ? std::vector<std::string>{"state"} : std::vector<std::string>{dimension, "state"};
  auto const& states = table.dimensions[*table.axis("state")].labels;
  std::vector<std::string> const labels =
      dimension.empty() ? std::vector<std::string>{""} : table.dimensions[*table.axis(dimension)].labels;
  std::vector<std::vector<double>> weights(labels.size(), std::vector<double>(labels.size() * states.size()));
  for (std::size_t l = 0; l < labels.size(); ++l)
    for (std::size_t s = 0; s < states.size(); ++s) weights[l][l * states.size() + s] = pair.is_in(states[s]) ? 1 : 0;
  auto const paired = pair_tables(pair.baseline, pair.scenario, table, *other, cells, pair.unheard);
  auto const estimates = estimate_differences(weighted(paired, weights));
  auto const before = marginal(table, cells);
  auto const after = marginal(*other, cells);
  std::vector<EffectPart> parts;
  for (std::size_t l = 0; l < labels.size(); ++l) {
    EffectPart part{
        labels[l], estimates[l].difference, error_of(estimates[l]), 0, 0, half_of(pair.baseline, paired, estimates[l])};
    for (std::size_t s = 0; s < states.size(); ++s) {
      if (!pair.is_in(states[s])) continue;
      part.baseline += before[l * states.size() + s] / runs_in(table);
      part.value += after[l * states.size() + s] / runs_in(table);
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

/// 1 into the states, -1 out of them, 0 beside them.
double direction_of(Pairing const& pair, std::string const& transition) {
  auto const arrow = transition.find(" -> ");
  bool const comes_from = pair.is_in(transition.substr(0, arrow));
  bool const goes_to = pair.is_in(transition.substr(arrow + 4));
  return static_cast<double>(goes_to) - static_cast<double>(comes_from);
}

std::vector<EffectPart> parts_by_flow(Pairing& pair) {
  Table const& table = require_table(pair.baseline, "transitions", {"year", "transition"});
  Table const* const other = pair.scenario.table(table.name);
  if (other == nullptr) require_table(pair.scenario, "transitions", {"year", "transition"});
  expect_same_dimensions(table, *other, pair.scenario.provenance.scenario_name);
  auto const& years = table.dimensions[*table.axis("year")].labels;
  auto const& transitions = table.dimensions[*table.axis("transition")].labels;
  double const end = part_of_year(years.back(), pair.baseline.provenance).to;
  std::vector<std::vector<double>> weights;
  std::vector<EffectPart> parts;
  for (std::size_t t = 0; t < transitions.size(); ++t) {
    double const direction = direction_of(pair, transitions[t]);
    if (direction == 0) continue;
    parts.push_back({transitions[t], 0, std::nullopt, 0, 0});
    weights.emplace_back(years.size() * transitions.size());
    for (std::size_t y = 0; y < years.size(); ++y) {
      YearPart const year = part_of_year(years[y], pair.baseline.provenance);
      weights.back()[y * transitions.size() + t] = direction * (end - (year.from + year.to) / 2);
    }
  }
  if (parts.empty()) return parts;
  std::vector<std::string> const cells{"year", "transition"};
  auto const paired = pair_tables(pair.baseline, pair.scenario, table, *other, cells, pair.unheard);
  auto const estimates = estimate_differences(weighted(paired, weights));
  auto const before = marginal(table, {"transition"});
  auto const after = marginal(*other, {"transition"});
  for (std::size_t p = 0; p < parts.size(); ++p) {
    auto const t = static_cast<std::size_t>(std::ranges::find(transitions, parts[p].what) - transitions.begin());
    parts[p].effect = estimates[p].difference;
    parts[p].mc_se = error_of(estimates[p]);
    parts[p].baseline = before[t] / runs_in(table);
    parts[p].value = after[t] / runs_in(table);
  }
  std::ranges::stable_sort(parts, [](auto const& a, auto const& b) { return std::abs(a.effect) > std::abs(b.effect); });
  return parts;
}

/// By region, age group and each trait: the first table that tells them apart.
void add_people(Pairing& pair, Explanation& explanation) {
  for (Table const& table : pair.baseline.tables) {
    if (table.quantity != "person_years" || !table.axis("state")) continue;
    for (Dimension const& dimension : table.dimensions) {
      if (dimension.name == "draw" || dimension.name == "replicate" || dimension.name == "state") continue;
      auto const is_it = [&](Explanation::People const& people) { return people.dimension == dimension.name; };
      if (std::ranges::any_of(explanation.people, is_it)) continue;
      explanation.people.push_back({dimension.name, parts_by(pair, table, dimension.name)});
      // People are counted where they live: a county above its municipalities is empty.
      std::erase_if(explanation.people.back().parts,
                    [](EffectPart const& part) { return part.baseline == 0 && part.value == 0; });
    }
  }
}

}  // namespace

Explanation explain(RunResult const& baseline, RunResult const& scenario, std::string const& outcome) {
  Explanation explanation;
  explanation.scenario = scenario.provenance.scenario_name;
  explanation.outcome = outcome;
  explanation.states = states_of(baseline, outcome);
  auto const moves = transition_tables(baseline, scenario);
  Pairing pair{baseline, scenario, explanation.states};
  Pairing of_moves{moves ? moves->baseline : baseline, moves ? moves->scenario : scenario, explanation.states};
  Table const& years = require_table(baseline, "person_years", {"state"});
  auto const whole = parts_by(pair, years, "");
  if (whole.empty()) require_table(scenario, "person_years", {"state"});
  explanation.total = whole.front().effect;
  explanation.mc_se = whole.front().mc_se;
  explanation.half_95 = whole.front().half_95;
  explanation.flows = parts_by_flow(of_moves);
  explanation.within_years = explanation.total;
  for (EffectPart const& part : explanation.flows) explanation.within_years -= part.effect;
  add_people(pair, explanation);
  bool const is_coupled = baseline.provenance.places_couple_people || scenario.provenance.places_couple_people;
  explanation.partings = find_partings(baseline, scenario, explanation.states, !is_coupled);
  return explanation;
}

}  // namespace utvei
