// SPDX-License-Identifier: Apache-2.0
#include "study_people.hpp"

#include "begun_at_once.hpp"
#include "wave_study.hpp"

#include <utvei/engine/lives.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <map>
#include <optional>

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

std::vector<PersonRow> rows_who_qualify(Measure const& measure, Scenario const& scenario, Population const& people) {
  std::vector<PersonRow> rows;
  for (std::size_t row = 0; row < people.size(); ++row)
    if (qualifies_at_start(measure.who, scenario, people, PersonRow{row})) rows.emplace_back(row);
  return rows;
}

/// Some of those who qualify, with replacement.
class Drawing {
 public:
  explicit Drawing(std::uint32_t seed) : key_{seed, 0, 0} {}
  void add(std::vector<PersonRow> const& from, std::size_t count, std::vector<PersonRow>& to) {
    for (std::size_t i = 0; i < count; ++i) {
      auto const at =
          static_cast<std::size_t>(uniform(key_, PersonKey{drawn_++}, stream_, 0) * static_cast<double>(from.size()));
      to.push_back(from[std::min(at, from.size() - 1)]);
    }
  }

 private:
  RandomKey key_;
  std::uint64_t drawn_{0};
  StreamId stream_{stream_of("power: who")};
};

std::map<RegionId, std::vector<PersonRow>> by_region(Population const& people, std::vector<PersonRow> const& rows) {
  std::map<RegionId, std::vector<PersonRow>> regions;
  for (PersonRow const row : rows) regions[people.region[row]].push_back(row);
  return regions;
}

/// Whom a study has, and of stepped where they live; of small regions some more.
std::vector<PersonRow> rows_of_study(StudyDesign const& design, std::uint32_t seed, Population const& people,
                                     std::vector<PersonRow> const& all, StudyPeople& study) {
  std::vector<PersonRow> rows;
  Drawing drawing{seed};
  study.eligible = all.size();
  if (design.assignment != Assignment::stepped) {
    drawing.add(all, people_followed, rows);
    return rows;
  }
  constexpr std::size_t least_of_region = 200;
  for (auto const& [region, of_region] : by_region(people, all)) {
    std::size_t const count = std::max(least_of_region, people_followed * of_region.size() / all.size());
    auto& pool = study.people_of_region.emplace_back();
    for (std::size_t i = 0; i < count; ++i) pool.push_back(static_cast<std::uint32_t>(rows.size() + i));
    study.eligible_of_region.push_back(of_region.size());
    drawing.add(of_region, count, rows);
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

/// What a study sees of one life.
class Seen {
 public:
  Seen(StudyDesign const& design, Scenario const& scenario) : design_{design}, scenario_{scenario} {}

  [[nodiscard]] bool works_at(LifePath const& life, Duration after) const {
    return works(life.pieces[life.piece_at(scenario_.start + after)]);
  }

  void put(LifePath const& life, StudyArm& arm) const {
    std::size_t const person = life.row.value();
    arm.people[person] = outcome_of(life);
    for (std::size_t w = 0; w < design_.waves.size(); ++w)
      arm.values[person * design_.waves.size() + w] = works_at(life, design_.waves[w]) ? 1 : 0;
  }

 private:
  [[nodiscard]] bool works(PathPiece const& piece) const { return scenario_.model.states[piece.state].group == "work"; }

  [[nodiscard]] ArmOutcome outcome_of(LifePath const& life) const {
    Instant const end = scenario_.start + design_.follow;
    ArmOutcome outcome{false, design_.follow.minutes, false};
    for (PathPiece const& piece : life.pieces) {
      if (piece.from > end) break;
      if (!works(piece)) continue;
      outcome.first_work = (std::max(piece.from, scenario_.start) - scenario_.start).minutes;
      outcome.has_worked = true;
      break;
    }
    outcome.has_outcome =
        design_.outcome == StudyOutcome::ever_employed ? outcome.has_worked : works_at(life, design_.at);
    return outcome;
  }

  StudyDesign const& design_;
  Scenario const& scenario_;
};

/// nullptr after a diagnosis.
Measure const* measure_of(StudyDesign const& design, Scenario const& scenario, Diagnostics& diagnostics) {
  auto const measure = std::ranges::find(scenario.measures, design.measure, &Measure::name);
  if (measure == scenario.measures.end() || measure->need) {
    std::vector<std::string> names;
    for (Measure const& each : scenario.measures)
      if (!each.need) names.push_back(each.name);
    diagnostics.error(design.measure_place, fmt::format("no measure `{}` in the scenario", design.measure), {},
                      did_you_mean(design.measure, names));
    return nullptr;
  }
  if (measure->who.history.empty()) return &*measure;
  diagnostics.error(design.measure_place, fmt::format("`who` of `{}` asks for a history", design.measure),
                    "a study enrols when the scenario starts, and what people did before is not known then",
                    "study a scenario whose `who` asks for states, ages, traits or time in the state");
  return nullptr;
}

/// None after a diagnosis.
std::vector<PersonRow> people_for(StudyDesign const& design, Measure const& measure, Scenario const& scenario,
                                  Population const& people, Diagnostics& diagnostics) {
  auto rows = rows_who_qualify(measure, scenario, people);
  if (rows.empty()) {
    diagnostics.error(design.measure_place,
                      fmt::format("nobody qualifies for `{}` when the scenario starts", design.measure),
                      "the study has no people", "start the scenario with people who do");
    return rows;
  }
  if (design.assignment != Assignment::stepped) return rows;
  std::size_t const regions = by_region(people, rows).size();
  constexpr std::size_t few = 4;
  if (regions < design.steps) {
    diagnostics.error(design.assignment_place,
                      fmt::format("{} steps, but those who qualify live in {} {}", design.steps, regions,
                                  regions == 1 ? "region" : "regions"),
                      "a region or more begin at each step", "take fewer steps, or people of more regions");
    rows.clear();
  } else if (regions < few) {
    diagnostics.warning(design.assignment_place, fmt::format("only {} regions", regions),
                        "how much regions differ is hardly known from so few, and the test leans on it",
                        "take people of four regions or more");
  }
  return rows;
}

/// Follows everybody; the measure begins some time after the start, or never.
void follow_arm(RunPlan& plan, Population const& drawn, Seen const& seen, Scenario const& scenario, std::size_t waves,
                std::optional<Duration> after, PowerOptions const& options, StudyArm& arm) {
  Measure& measure = plan.measures.front().what;
  measure.uptake = after ? 1 : 0;
  measure.runs = everything;
  if (after && after->minutes > 0) measure.runs.from = (scenario.start + *after).minutes;
  arm.people.resize(drawn.size());
  arm.values.resize(drawn.size() * waves);
  // With the same luck in all arms the effect is the more precise; a study draws its arms apart.
  RandomKey const key{scenario.seed, 0, 0};
  follow_lives(plan, drawn, key, options.threads, options.stop,
               [&](LifePath const& life, std::size_t) { seen.put(life, arm); });
}

/// A wave at which all are the same leaves the others with errors that are too small.
void warn_of_idle_waves(StudyDesign const& design, StudyPeople const& study, Diagnostics& diagnostics) {
  if (design.estimator != Estimator::mixed_model || design.assignment == Assignment::stepped) return;
  for (std::size_t w = 0; w < design.waves.size(); ++w) {
    if (varies_at(study.control, w) || varies_at(study.treated, w)) continue;
    bool const is_start = design.waves[w].minutes == 0;
    diagnostics.warning(design.waves_place,
                        is_start ? "all have the same outcome at the start"
                                 : fmt::format("all have the same outcome at wave {}", w + 1),
                        "it tells nothing, and is left out of the analysis");
  }
}

}  // namespace

void check_study_people(StudyDesign const& design, Scenario const& scenario, Population const& people,
                        Diagnostics& diagnostics) {
  Measure const* const measure = measure_of(design, scenario, diagnostics);
  if (measure) people_for(design, *measure, scenario, people, diagnostics);
}

StudyPeople follow_study_people(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                                Population const& people, PowerOptions const& options, Diagnostics& diagnostics) {
  StudyPeople study;
  Measure const* const measure = measure_of(design, scenario, diagnostics);
  if (!measure) return study;
  auto const all = people_for(design, *measure, scenario, people, diagnostics);
  if (all.empty()) return study;
  Population drawn = drawn_people(people, rows_of_study(design, scenario.seed, people, all, study));
  Scenario const of_study = scenario_of_study(design, scenario, *measure, drawn);
  RunPlan plan = compile(of_study, rates, drawn, 0, diagnostics);
  if (diagnostics.has_errors()) return study;
  Seen const seen{design, of_study};
  auto const follow = [&](std::optional<Duration> after, StudyArm& arm) {
    follow_arm(plan, drawn, seen, of_study, design.waves.size(), after, options, arm);
  };
  follow(std::nullopt, study.control);
  if (design.assignment != Assignment::stepped) follow(Duration{0}, study.treated);
  if (design.assignment == Assignment::waiting_list) follow(design.wait, study.later.emplace_back());
  for (std::uint32_t step = 1; step <= design.steps; ++step) follow(design.waves[step - 1], study.later.emplace_back());
  auto const works = [&](StateId state) { return of_study.model.states[state].group == "work"; };
  study.at_start = static_cast<double>(std::ranges::count_if(drawn.state, works)) / static_cast<double>(drawn.size());
  warn_of_idle_waves(design, study, diagnostics);
  return study;
}

}  // namespace utvei
