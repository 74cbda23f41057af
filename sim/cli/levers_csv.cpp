// SPDX-License-Identifier: Apache-2.0
#include "lever_names.hpp"
#include "levers.hpp"

#include <iterator>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string_view word_of(Cause cause) {
  if (cause == Cause::limit) return "limit";
  return cause == Cause::age ? "age" : "transition";
}

std::string_view word_of(RuleLever::Kind kind) {
  switch (kind) {
    case RuleLever::Kind::limit:
      return "limit_one_month";
    case RuleLever::Kind::age_end:
      return "age_one_month";
    case RuleLever::Kind::stay:
      return "stay_one_per_cent";
    case RuleLever::Kind::delay:
      break;
  }
  return "delay_one_month";
}

/// A cell of the table: quoted where RFC 4180 asks for it.
std::string csv_cell(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted{"\""};
  for (char const c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_of_effect(LeverEffect const& effect, double LeverAmount::*part) {
  auto const number = [&](std::optional<LeverAmount> const& amount) {
    return amount ? fmt::format("{}", (*amount).*part) : std::string{};
  };
  return fmt::format("{},{},{},{}", effect.mean.*part, number(effect.mc_se), number(effect.low_95),
                     number(effect.high_95));
}

/// A line for person-years, and one for people at the end.
void add_lines(std::string& out, std::string const& head, double base_years, double base_end,
               LeverEffect const& effect) {
  out += fmt::format("{},person_years,{},{}\n", head, csv_of_effect(effect, &LeverAmount::person_years),
                     elasticity(effect.mean.person_years, base_years));
  out += fmt::format("{},at_end,{},{}\n", head, csv_of_effect(effect, &LeverAmount::at_end),
                     elasticity(effect.mean.at_end, base_end));
}

std::string csv_of_levers(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                          LeverReport const& report) {
  Model const& model = scenario.model;
  std::string out = "lever,way,region,age_group,events,outcome,measure_of,effect,mc_se,low_95,high_95,elasticity\n";
  for (RateLever const& lever : report.rates) {
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
      LeverCell const& cell = lever.cell;
      LeverAmount const base = report.base(o, cell);
      add_lines(out,
                fmt::format("one_per_cent,{},{},{},{},{}", csv_cell(model.transitions[lever.transition].name),
                            cell.region ? csv_cell(model.regions[report.regions[*cell.region]].code) : "",
                            cell.age_group ? label_of_ages(report.ages[*cell.age_group]) : "", lever.events,
                            csv_cell(outcomes[o].name)),
                base.person_years, base.at_end, lever.effects[o]);
    }
  }
  for (RuleLever const& rule : report.rules) {
    bool const is_delay = rule.kind == RuleLever::Kind::delay;
    std::string const what = csv_cell(is_delay ? scenario.measures[rule.measure].name : model.states[rule.state].name);
    for (std::size_t o = 0; o < outcomes.size(); ++o)
      add_lines(out,
                fmt::format("{},{}{},,,,{}", word_of(rule.kind), what,
                            is_delay ? "" : ":" + std::to_string(rule.limit + 1), csv_cell(outcomes[o].name)),
                report.totals[o].person_years, report.totals[o].at_end, rule.effects[o]);
  }
  return out;
}

std::string csv_of_flows(Scenario const& scenario, FlowReport const& report) {
  std::string out = "from,to,cause,people_per_year\n";
  for (std::size_t i = 0; i < report.flows.ways.size(); ++i) {
    Passage const& way = report.flows.ways[i];
    out += fmt::format("{},{},{},{}\n", csv_cell(scenario.model.states[way.from].name),
                       csv_cell(scenario.model.states[way.to].name), word_of(way.cause),
                       report.flows.people[i] / report.years);
  }
  return out;
}

}  // namespace

std::string levers_csv(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                       LeverFindings const& findings) {
  if (findings.levers) return csv_of_levers(scenario, outcomes, *findings.levers);
  return csv_of_flows(scenario, *findings.flows);
}

}  // namespace utvei
