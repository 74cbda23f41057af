// SPDX-License-Identifier: Apache-2.0
#include "expected_figures.hpp"
#include "few_cohorts.hpp"

#include <utvei/analysis/calibration.hpp>
#include <utvei/cohort/cohorts.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/engine/observe.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The scenario until the last moment that an operator looks at: who lives on after it changes nothing before it.
Scenario cut_off(Scenario scenario, Calibration const& calibration) {
  Instant last = scenario.start;
  for (Target const& target : calibration.targets) last = std::max(last, target.observation.last());
  if (last > scenario.start) scenario.end = std::min(scenario.end, last);
  return scenario;
}

std::vector<Observation> observations_of(Calibration const& calibration) {
  std::vector<Observation> observations;
  for (Target const& target : calibration.targets) observations.push_back(target.observation);
  return observations;
}

/// Lets the plan tell apart the people whom targets tell apart, and changes nothing.
Change without_effect(Calibration const& calibration, Model const& model) {
  LogRateOffset nothing{"", {TransitionId{0}}, {}, std::vector<std::vector<std::uint32_t>>(model.traits.size())};
  for (Target const& target : calibration.targets) {
    Definition const& whom = target.observation.whom;
    if (!whom.who.regions.empty()) nothing.regions = whom.who.regions;
    for (auto const* traits : {&whom.who.traits, &whom.flags}) {
      for (std::size_t t = 0; t < traits->size(); ++t) {
        if (!(*traits)[t].empty()) nothing.traits[t] = (*traits)[t];
      }
    }
  }
  return change_of(nothing);
}

}  // namespace

ModelFigures::ModelFigures(Calibration const& calibration, Scenario const& scenario, Rates const& rates,
                           Population const& people, CalibrationOptions options)
    : calibration_{calibration},
      scenario_{cut_off(scenario, calibration)},
      rates_{rates},
      people_{people},
      options_{std::move(options)} {
  RunPlan const plan = plan_at(std::vector<double>(calibration.adjustments.size(), 0), std::nullopt);
  if (auto const beyond = beyond_cohorts(plan)) why_not_ = beyond->why;
  for (Target const& target : calibration.targets) {
    if (!why_not_.empty()) break;
    if (auto const why = why_not_expected(target.observation); !why.empty())
      why_not_ = fmt::format("of `{}`: {}", target.name, why);
  }
  method_ = calibration.method.value_or(why_not_.empty() ? FigureMethod::equations : FigureMethod::simulation);
  if (method_ == FigureMethod::equations && !why_not_.empty())
    throw InputError{Fault::file, calibration.method_place,
                     "the cohort equations cannot tell all targets of this scenario", why_not_,
                     "write `method: simulation`, or leave `method` out"};
}

RunPlan ModelFigures::plan_at(std::vector<double> const& values, std::optional<std::uint32_t> draw) const {
  Scenario scenario = scenario_;
  scenario.draws = draw ? 1 : 0;  // a draw is the same whatever their number
  for (std::size_t k = 0; k < values.size(); ++k) {
    LogRateOffset offset = calibration_.adjustments[k].offset;
    offset.estimate = values[k];
    scenario.changes.push_back(change_of(offset));
  }
  scenario.changes.push_back(without_effect(calibration_, scenario.model));
  Diagnostics diagnostics;
  RunPlan plan = compile(scenario, rates_, people_, draw.value_or(0), diagnostics);
  throw_if_errors(diagnostics);
  return plan;
}

std::vector<Figure> ModelFigures::at(std::vector<double> const& values, std::optional<std::uint32_t> draw) const {
  return method_ == FigureMethod::equations ? by_equations(values, draw) : by_simulation(values, draw);
}

std::vector<Figure> ModelFigures::by_equations(std::vector<double> const& values,
                                               std::optional<std::uint32_t> draw) const {
  RunPlan const plan = plan_at(std::vector<double>(values.size(), 0), draw);
  std::vector<RateOffset> offsets;
  for (std::size_t k = 0; k < values.size(); ++k) {
    offsets.push_back(offset_in(plan, scenario_.model.regions, calibration_.adjustments[k].offset));
    offsets.back().value = values[k];
  }
  auto const observations = observations_of(calibration_);
  OccupationQuery const query = query_for(observations);
  CohortOptions options;
  options.threads = options_.threads;
  options.stop = options_.stop;
  options.derivatives = offsets.empty() ? Derivatives::none : Derivatives::by_offset;
  ExpectedOccupation const expected = expected_occupation(plan, few_cohorts(plan, people_), query, offsets, options);
  ExpectedFigures const figures{plan, scenario_.model.regions, query, expected};
  std::vector<Figure> result;
  for (Observation const& observation : observations) {
    auto const sums = expected_sums(figures, observation, expected.expected);
    Figure figure{published(observation, sums.part, sums.whole, calibration_.weight), 0, {}};
    Gradient const gradient = gradient_of(observation, sums.part, sums.whole, calibration_.weight);
    for (OccupationNumbers const& slopes : expected.derivatives) {
      auto const moved = expected_sums(figures, observation, slopes);
      double slope = 0;
      for (std::size_t b = 0; b < moved.part.size(); ++b)
        slope += gradient.part[b] * moved.part[b] + gradient.whole[b] * moved.whole[b];
      figure.derivative.push_back(slope);
    }
    result.push_back(std::move(figure));
  }
  return result;
}

std::vector<Figure> ModelFigures::by_simulation(std::vector<double> const& values,
                                                std::optional<std::uint32_t> draw) const {
  RunPlan const plan = plan_at(values, draw);
  std::vector<RateOffset> offsets;
  for (Adjustment const& adjustment : calibration_.adjustments)
    offsets.push_back(offset_in(plan, scenario_.model.regions, adjustment.offset));
  auto const observations = observations_of(calibration_);
  ObserveOptions options;
  options.threads = options_.threads;
  options.stop = options_.stop;
  std::optional<ObservedLives> lives;
  for (std::uint32_t replicate = 0; replicate < calibration_.replicates; ++replicate) {
    ObservedLives const seen = observe_lives(plan, people_, scenario_.model.regions,
                                             RandomKey{scenario_.seed, 0, replicate}, observations, offsets, options);
    if (lives) {
      lives->add(seen);
    } else {
      lives = seen;
    }
  }
  std::vector<Figure> result;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    ObservedNumber const number = number_of(observations[i], i, *lives, calibration_.weight / calibration_.replicates);
    result.push_back({number.value, number.mc_se, number.derivative});
  }
  return result;
}

}  // namespace utvei
