// SPDX-License-Identifier: Apache-2.0
#include "study_people.hpp"

#include "begun_at_once.hpp"

#include <utvei/engine/lives.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t people_followed = 40'000;

bool qualifies_at_start(Eligibility const& who, Scenario const& scenario, Population const& people, PersonRow row) {
  if (!is_there_at_start(people, row)) return false;
  auto const& asked = who.people;
  if (!asked.states.empty() && !asked.states[people.state[row].value()]) return false;
  if (!asked.regions.empty()) {
    auto const& tree = scenario.model.regions;
    auto const holds = [&](RegionId region) { return tree.is_within(people.region[row], region); };
    if (std::ranges::none_of(asked.regions, holds)) return false;
  }
  if (asked.age != everything && !asked.age.holds((scenario.start - people.birth[row]).minutes)) return false;
  for (std::size_t t = 0; t < asked.traits.size(); ++t) {
    auto const& levels = asked.traits[t];
    if (!levels.empty() && std::ranges::find(levels, people.traits[t][row]) == levels.end()) return false;
  }
  std::int64_t const there = people.time_in_state.empty() ? 0 : people.time_in_state[row].minutes;
  return who.time_in_state.holds(there);
}

template <class Value>
void take_rows(Column<PersonRow, Value> const& from, std::vector<PersonRow> const& rows, Column<PersonRow, Value>& to) {
  if (from.empty()) return;
  to = Column<PersonRow, Value>{};
  for (PersonRow const row : rows) to.push_back(from[row]);
}

/// Each with luck of their own, also who is drawn twice.
Population drawn_people(Population const& people, std::vector<PersonRow> const& rows) {
  Population drawn;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PersonKey const key{mix64(people.key[rows[i]].value ^ mix64(i))};
    drawn.key.push_back(key);
  }
  take_rows(people.state, rows, drawn.state);
  take_rows(people.birth, rows, drawn.birth);
  take_rows(people.region, rows, drawn.region);
  take_rows(people.time_in_state, rows, drawn.time_in_state);
  drawn.traits.resize(people.traits.size());
  for (std::size_t t = 0; t < people.traits.size(); ++t) take_rows(people.traits[t], rows, drawn.traits[t]);
  drawn.numbers.resize(people.numbers.size());
  for (std::size_t t = 0; t < people.numbers.size(); ++t) take_rows(people.numbers[t], rows, drawn.numbers[t]);
  drawn.data_class = people.data_class;
  return drawn;
}

std::vector<PersonRow> rows_of_study(Eligibility const& who, Scenario const& scenario, Population const& people,
                                     std::size_t& eligible) {
  std::vector<PersonRow> all;
  for (std::size_t row = 0; row < people.size(); ++row)
    if (qualifies_at_start(who, scenario, people, PersonRow{row})) all.emplace_back(row);
  eligible = all.size();
  std::vector<PersonRow> rows;
  if (all.empty()) return rows;
  StreamId const stream = stream_of("power: who");
  RandomKey const key{scenario.seed, 0, 0};
  for (std::size_t i = 0; i < people_followed; ++i) {
    auto const at = static_cast<std::size_t>(uniform(key, PersonKey{i}, stream, 0) * static_cast<double>(all.size()));
    rows.push_back(all[std::min(at, all.size() - 1)]);
  }
  return rows;
}

/// A scenario of the study alone: what changes for everybody goes on, other measures do not.
Scenario scenario_of_study(StudyDesign const& design, Scenario const& scenario, Measure const& measure,
                           Population const& people) {
  Scenario study = scenario;
  study.resources.clear();
  study.coordination.reset();
  study.demography = {};
  study.model.definitions.clear();
  study.breakdowns.clear();
  study.draws = 0;
  study.replicates = 1;
  study.weight = 1;
  constexpr std::int64_t year = minutes_per_year - minutes_per_day;
  study.end = anniversary(study.start, static_cast<int>(design.follow.minutes / year) + 1);
  std::vector<bool> starts(study.model.states.size());
  for (StateId const state : people.state) starts[state.value()] = true;
  study.measures = {begun_at_once(measure, starts)};
  for (MeasureEffect& effect : study.measures.front().effects) effect.trial.reset();
  return study;
}

ArmOutcome outcome_of(StudyDesign const& design, Model const& model, LifePath const& life, Instant start) {
  auto const works = [&](PathPiece const& piece) { return model.states[piece.state].group == "work"; };
  Instant const end = start + design.follow;
  ArmOutcome outcome{false, design.follow.minutes, false};
  for (PathPiece const& piece : life.pieces) {
    if (piece.from > end) break;
    if (!works(piece)) continue;
    outcome.first_work = (std::max(piece.from, start) - start).minutes;
    outcome.has_worked = true;
    break;
  }
  outcome.has_outcome =
      design.outcome == StudyOutcome::ever_employed ? outcome.has_worked : works(life.pieces[life.piece_at(end)]);
  return outcome;
}

/// nullptr after a diagnosis.
Measure const* measure_of(StudyDesign const& design, Scenario const& scenario, Diagnostics& diagnostics) {
  auto const measure = std::ranges::find(scenario.measures, design.measure, &Measure::name);
  if (measure != scenario.measures.end() && !measure->need) return &*measure;
  std::vector<std::string> names;
  for (Measure const& each : scenario.measures)
    if (!each.need) names.push_back(each.name);
  diagnostics.error(design.measure_place, fmt::format("no measure `{}` in the scenario", design.measure), {},
                    did_you_mean(design.measure, names));
  return nullptr;
}

void refuse_nobody(StudyDesign const& design, Diagnostics& diagnostics) {
  diagnostics.error(design.measure_place,
                    fmt::format("nobody qualifies for `{}` when the scenario starts", design.measure),
                    "the study has no people", "start the scenario with people who do");
}

}  // namespace

void check_study_people(StudyDesign const& design, Scenario const& scenario, Population const& people,
                        Diagnostics& diagnostics) {
  Measure const* const measure = measure_of(design, scenario, diagnostics);
  std::size_t eligible = 0;
  if (measure && rows_of_study(measure->who, scenario, people, eligible).empty()) refuse_nobody(design, diagnostics);
}

StudyPeople follow_study_people(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                                Population const& people, PowerOptions const& options, Diagnostics& diagnostics) {
  StudyPeople study;
  Measure const* const measure = measure_of(design, scenario, diagnostics);
  if (!measure) return study;
  auto const rows = rows_of_study(measure->who, scenario, people, study.eligible);
  if (rows.empty()) {
    refuse_nobody(design, diagnostics);
    return study;
  }
  Population drawn = drawn_people(people, rows);
  Scenario const of_study = scenario_of_study(design, scenario, *measure, drawn);
  RunPlan plan = compile(of_study, rates, drawn, 0, diagnostics);
  if (diagnostics.has_errors()) return study;
  for (bool const treated : {false, true}) {
    plan.measures.front().what.uptake = treated ? 1 : 0;
    auto& outcomes = treated ? study.treated : study.control;
    outcomes.resize(drawn.size());
    // With the same luck in both arms the effect is the more precise; a study draws its arms apart.
    RandomKey const key{scenario.seed, 0, 0};
    follow_lives(plan, drawn, key, options.threads, options.stop, [&](LifePath const& life, std::size_t) {
      outcomes[life.row.value()] = outcome_of(design, of_study.model, life, of_study.start);
    });
  }
  return study;
}

}  // namespace utvei
