// SPDX-License-Identifier: Apache-2.0
#include "trial_arms.hpp"

#include "begun_at_once.hpp"

#include <utvei/engine/lives.hpp>
#include <utvei/scenario/people_classes.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

// Places among the measures of the trial.
constexpr std::size_t level_of_both = 0;
constexpr std::size_t treatment = 1;

/// Multiplies the transitions of the effects from the trial in both arms, for ever.
Measure common_level(Measure const& measure) {
  Measure level;
  level.name = "level";
  std::set<TransitionId> transitions;
  for (MeasureEffect const& effect : measure.effects)
    if (effect.trial) transitions.insert(effect.transitions.begin(), effect.transitions.end());
  MeasureEffect& effect = level.effects.emplace_back();
  effect.transitions.assign(transitions.begin(), transitions.end());
  return level;
}

/// The ratios that are looked for are e, so that the logarithms of the plan's factors are exponents.
Measure treatment_of(Measure const& measure, std::vector<bool> const& starts) {
  Measure treated = begun_at_once(measure, starts);
  for (MeasureEffect& effect : treated.effects) {
    if (effect.trial) effect.ratio = {std::numbers::e, 1, {}};
    effect.trial.reset();
    effect.drawn.clear();
  }
  return treated;
}

/// A scenario of the trial alone.
void strip(Scenario& scenario, Trial const& trial) {
  scenario.changes.clear();
  scenario.resources.clear();
  scenario.demography = {};
  scenario.model.definitions.clear();
  scenario.breakdowns.clear();
  scenario.draws = 0;
  scenario.weight = 1;
  scenario.population = trial.population;
}

std::vector<bool> states_at_start(Population const& people, std::size_t states) {
  std::vector<bool> starts(states);
  for (StateId const state : people.state) starts[state.value()] = true;
  return starts;
}

/// Who is in the state of the measure already does not come to it.
bool begin_elsewhere(Measure const& measure, std::vector<bool> const& starts, Scenario const& scenario,
                     Trial const& trial, Diagnostics& diagnostics) {
  if (!measure.state || !starts[measure.state->value()]) return true;
  diagnostics.error(trial.place,
                    fmt::format("people of `{}` start in `{}`, the state of measure `{}`", trial.path,
                                scenario.model.states[*measure.state].name, measure.name),
                    "who is there already cannot begin", "let the trial's people start in other states");
  return false;
}

}  // namespace

TrialArms::TrialArms(Scenario const& scenario, Rates const& rates, Measure const& measure, Trial const& trial,
                     std::size_t threads, StopFlag const* stop, Diagnostics& diagnostics)
    : trial_{trial}, scenario_{scenario}, rates_{rates}, threads_{threads}, stop_{stop} {
  strip(scenario_, trial);
  times_ = {scenario_.start + trial.at};
  for (Trial::KeptOut const& kept : trial.kept_out) times_.push_back(scenario_.start + kept.at);
  constexpr std::int64_t year = minutes_per_year - minutes_per_day;
  std::int64_t const longest = (*std::ranges::max_element(times_) - scenario_.start).minutes;
  scenario_.end = anniversary(scenario_.start, static_cast<int>(longest / year) + 1);
  std::size_t const errors = diagnostics.error_count();
  people_ = make_population(scenario_.population, scenario_.model, scenario_.start, diagnostics, threads);
  if (diagnostics.error_count() > errors) return;
  if (rates_.classes) give_classes(scenario_, rates_, people_);
  std::vector<bool> const starts = states_at_start(people_, scenario_.model.states.size());
  if (!begin_elsewhere(measure, starts, scenario_, trial, diagnostics)) return;
  scenario_.measures = {common_level(measure), treatment_of(measure, starts)};
  Diagnostics own;
  plan_ = compile(scenario_, rates_, people_, 0, own);
  if (own.has_errors()) {
    auto const first = std::ranges::find(own.all(), Severity::error, &Diagnostic::severity);
    diagnostics.error(trial_.place,
                      fmt::format("the people of `{}` cannot stand in for those of the scenario", trial_.path),
                      first->problem, first->suggestion + " of the trial");
    return;
  }
  for (std::size_t e = 0; e < measure.effects.size(); ++e) {
    if (!measure.effects[e].trial) continue;
    solved_.push_back(e);
    auto& exponents = exponents_.emplace_back(plan_.measures[treatment].effects[e].factors);
    for (auto& steps : exponents)
      for (double& factor : steps) factor = std::log(factor);
  }
}

std::vector<double> TrialArms::control(double log_level) {
  plan_.measures[treatment].what.uptake = 0;
  plan_.measures[level_of_both].effects.front().factors = {{std::exp(log_level)}};
  return shares();
}

std::vector<double> TrialArms::treated(double log_level, double log_ratio) {
  MeasurePlan& measure = plan_.measures[treatment];
  measure.what.uptake = 1;
  plan_.measures[level_of_both].effects.front().factors = {{std::exp(log_level)}};
  for (std::size_t i = 0; i < solved_.size(); ++i) {
    auto& factors = measure.effects[solved_[i]].factors;
    for (std::size_t level = 0; level < factors.size(); ++level)
      for (std::size_t step = 0; step < factors[level].size(); ++step)
        factors[level][step] = std::exp(log_ratio * exponents_[i][level][step]);
  }
  return shares();
}

std::vector<double> TrialArms::shares() {
  std::size_t const count = times_.size();
  std::vector<std::uint64_t> with_outcome(threads_ * count);
  follow_lives(plan_, people_, RandomKey{scenario_.seed, 0, 0}, threads_, stop_,
               [&](LifePath const& life, std::size_t thread) {
                 for (std::size_t t = 0; t < count; ++t)
                   with_outcome[thread * count + t] += has_outcome(life, times_[t]) ? 1U : 0U;
               });
  // Heads are added up before they are divided: shares of threads would add up to other last digits each time.
  for (std::size_t i = count; i < with_outcome.size(); ++i) with_outcome[i % count] += with_outcome[i];
  std::vector<double> result(count);
  for (std::size_t i = 0; i < count; ++i)
    result[i] = static_cast<double>(with_outcome[i]) / static_cast<double>(people_.size());
  return result;
}

bool TrialArms::has_outcome(LifePath const& life, Instant at) const {
  auto const works = [&](PathPiece const& piece) { return scenario_.model.states[piece.state].group == "work"; };
  if (trial_.outcome == Trial::Outcome::employed_at) return works(life.pieces[life.piece_at(at)]);
  return std::ranges::any_of(life.pieces, [&](PathPiece const& piece) { return piece.from <= at && works(piece); });
}

}  // namespace utvei
