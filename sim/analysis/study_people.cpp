// SPDX-License-Identifier: Apache-2.0
#include "study_people.hpp"

#include "begun_at_once.hpp"
#include "effect_ends.hpp"
#include "study_enrolment.hpp"
#include "true_contrast.hpp"
#include "wave_study.hpp"

#include <utvei/analysis/study_check.hpp>
#include <utvei/engine/lives.hpp>
#include <utvei/observation/score_course.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

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

/// Of the measure alone, as it stands alone; and with the error that the design says.
std::vector<Score> scores_alone(StudyDesign const& design, Scenario const& scenario, Measure const& measure,
                                std::vector<Score const*> const& scores) {
  std::vector<Score> alone;
  for (Score const* const score : scores) {
    Score& one = alone.emplace_back(*score);
    one.needs.clear();
    std::erase_if(one.measures, [&](Score::OfMeasure const& of) { return &scenario.measures[of.measure] != &measure; });
    for (Score::OfMeasure& of : one.measures) of.measure = 0;
    double const variance = one.sd * one.sd + one.wanders * one.wanders;
    if (design.retest) one.error = std::sqrt(variance * (1 - *design.retest) / *design.retest);
  }
  return alone;
}

/// A scenario of the study alone: what changes for everybody goes on, other measures do not.
Scenario scenario_of_study(StudyDesign const& design, Scenario const& scenario, Measure const& measure,
                           std::vector<Score const*> const& scores, Population const& people, EffectAt at) {
  Scenario study = scenario;
  study.resources.clear();
  study.coordination.reset();
  study.demography = {};
  study.model.definitions.clear();
  study.breakdowns.clear();
  study.waves.clear();
  study.events.clear();
  study.scores = scores_alone(design, scenario, measure, scores);
  for (Score& score : study.scores) put_effects_at(at, score);
  study.draws = 0;
  study.replicates = 1;
  study.weight = 1;
  constexpr std::int64_t year = minutes_per_year - minutes_per_day;
  study.end = anniversary(study.start, static_cast<int>(design.follow.minutes / year) + 1);
  std::vector<bool> starts(study.model.states.size());
  for (StateId const state : people.state) starts[state.value()] = true;
  study.measures = {begun_at_once(measure, starts)};
  put_effects_at(at, study.measures.front());
  for (MeasureEffect& effect : study.measures.front().effects) effect.trial.reset();
  return study;
}

/// What a study sees of one life.
class Seen {
 public:
  Seen(StudyDesign const& design, Scenario const& scenario, RunPlan const& plan, RandomKey const& key)
      : design_{design}, scenario_{scenario}, plan_{plan}, key_{key} {}

  void put(LifePath const& life, StudyArm& arm) const {
    std::size_t const person = life.row.value();
    arm.people[person] = outcome_of(life);
    for (std::size_t w = 0; w < design_.waves.size(); ++w)
      arm.values[person * design_.waves.size() + w] = value_of(life, w);
  }

  /// The same measurement as that of a wave at the start.
  [[nodiscard]] double measured_at_start(LifePath const& life, ScorePlan const& score) const {
    return measurement(life, score, Duration{0}, 0);
  }

 private:
  [[nodiscard]] bool works(PathPiece const& piece) const { return scenario_.model.states[piece.state].group == "work"; }
  [[nodiscard]] bool works_at(LifePath const& life, Duration after) const {
    return works(life.pieces[life.piece_at(scenario_.start + after)]);
  }

  [[nodiscard]] double value_of(LifePath const& life, std::size_t wave) const {
    Duration const after = design_.waves[wave];
    if (design_.outcome != StudyOutcome::score) return works_at(life, after) ? 1 : 0;
    auto const count = after.minutes == 0 ? 0 : static_cast<std::uint32_t>(wave) + 1;
    return measurement(life, plan_.scores.front(), after, count);
  }

  [[nodiscard]] double measurement(LifePath const& life, ScorePlan const& score, Duration after,
                                   std::uint32_t count) const {
    ScoreCourse const course{score, life, plan_, key_};
    auto const steps = static_cast<double>(course.measured(course.at(scenario_.start + after), count));
    return score.what.low + steps * score.what.step;
  }

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
    outcome.works_at_start = works_at(life, Duration{0});
    outcome.has_outcome =
        design_.outcome == StudyOutcome::ever_employed ? outcome.has_worked : works_at(life, design_.at);
    return outcome;
  }

  StudyDesign const& design_;
  Scenario const& scenario_;
  RunPlan const& plan_;
  RandomKey key_;
};

/// Follows people of a study, all with the same luck in all arms: the effect is the more precise, and a study draws its
/// arms apart.
class Following {
 public:
  Following(StudyDesign const& design, Scenario const& scenario, RunPlan& plan, Population const& people,
            PowerOptions const& options)
      : design_{design}, scenario_{scenario}, plan_{plan}, people_{people}, options_{options} {}

  /// The measure begins some time after the start, or never.
  void follow(std::optional<Duration> after, StudyArm& arm) {
    Measure& measure = plan_.measures.front().what;
    measure.uptake = after ? 1 : 0;
    measure.runs = everything;
    // Who is seen in that minute is seen first.
    if (after && after->minutes > 0) measure.runs.from = (scenario_.start + *after).minutes + 1;
    arm.people.resize(people_.size());
    arm.values.resize(people_.size() * design_.waves.size());
    visit([&](Seen const& seen, LifePath const& life) { seen.put(life, arm); });
  }

  /// Of everybody, before anything begins.
  [[nodiscard]] std::vector<double> measured_at_start() {
    std::vector<double> measured(people_.size());
    plan_.measures.front().what.uptake = 0;
    visit([&](Seen const& seen, LifePath const& life) {
      measured[life.row.value()] = seen.measured_at_start(life, plan_.scores.back());
    });
    return measured;
  }

 private:
  template <class Visit>
  void visit(Visit const& visit) {
    RandomKey const key{scenario_.seed, 0, 0};
    Seen const seen{design_, scenario_, plan_, key};
    follow_lives(plan_, people_, key, options_.threads, options_.stop,
                 [&](LifePath const& life, std::size_t) { visit(seen, life); });
  }

  StudyDesign const& design_;
  Scenario const& scenario_;
  RunPlan& plan_;
  Population const& people_;
  PowerOptions const& options_;
};

/// At the start nobody has anything yet, and all arms are seen alike.
void see_start_first(StudyDesign const& design, StudyPeople& study) {
  if (design.waves.empty() || design.waves.front().minutes > 0) return;
  std::size_t const waves = design.waves.size();
  for (std::size_t i = 0; i < study.treated.values.size(); i += waves)
    study.treated.values[i] = study.control.values[i];
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

double mean_at_start(StudyDesign const& design, StudyArm const& arm) {
  double sum = 0;
  for (std::size_t i = 0; i < arm.people.size(); ++i) {
    if (design.outcome != StudyOutcome::score)
      sum += arm.people[i].works_at_start ? 1 : 0;
    else if (design.waves.front().minutes == 0)
      sum += arm.values_of(i).front();
  }
  return sum / static_cast<double>(arm.people.size());
}

}  // namespace

void check_study(StudyDesign const& design, Scenario const& scenario, Diagnostics& diagnostics) {
  measure_of_study(design, scenario, diagnostics);
  scores_of_study(design, scenario, diagnostics);
}

void check_study_people(StudyDesign const& design, Scenario const& scenario, Population const& people,
                        Diagnostics& diagnostics) {
  Measure const* const measure = measure_of_study(design, scenario, diagnostics);
  scores_of_study(design, scenario, diagnostics);
  if (measure) people_who_qualify(design, *measure, scenario, people, diagnostics);
}

StudyPeople follow_study_people(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                                Population const& people, PowerOptions const& options, EffectAt effect,
                                Diagnostics& diagnostics) {
  StudyPeople study;
  study.weight = scenario.weight;
  Measure const* const measure = measure_of_study(design, scenario, diagnostics);
  auto const scores = scores_of_study(design, scenario, diagnostics);
  if (!measure) return study;
  auto const all = people_who_qualify(design, *measure, scenario, people, diagnostics);
  if (diagnostics.has_errors()) return study;
  Population drawn = drawn_people(people, drawn_rows(design, scenario.seed, people, all, study));
  Scenario const of_study = scenario_of_study(design, scenario, *measure, scores, drawn, effect);
  RunPlan plan = compile(of_study, rates, drawn, 0, diagnostics);
  if (diagnostics.has_errors()) return study;
  Following following{design, of_study, plan, drawn, options};
  following.follow(std::nullopt, study.control);
  if (design.assignment != Assignment::stepped) following.follow(Duration{0}, study.treated);
  if (design.assignment == Assignment::waiting_list) following.follow(design.wait, study.later.emplace_back());
  for (std::uint32_t step = 1; step <= design.steps; ++step)
    following.follow(design.waves[step - 1], study.later.emplace_back());
  see_start_first(design, study);
  study.gain_of_all = mean_outcome(design, study.control) - mean_at_start(design, study.control);
  if (design.enrolment) enrol(design, following.measured_at_start(), study, diagnostics);
  study.at_start = mean_at_start(design, study.control);
  if (!diagnostics.has_errors()) warn_of_idle_waves(design, study, diagnostics);
  return study;
}

}  // namespace utvei
