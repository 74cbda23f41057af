// SPDX-License-Identifier: Apache-2.0
#include "planned_power.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/math/distributions/normal.hpp>

namespace utvei {
namespace {

double normal_quantile(double p) {
  return boost::math::quantile(boost::math::normal{}, p);
}

/// Of Fisher's test: exact, or with the continuity correction that comes close to it (Fleiss, Levin & Paik 2003, 4.2).
double planned_power(std::uint32_t treated, std::uint32_t controls, double p_treated, double p_control, double alpha) {
  if (is_exact(treated, controls)) return power_of_fisher(treated, controls, p_treated, p_control, alpha);
  double const n = treated;
  double const m = controls;
  double const pooled = (n * p_treated + m * p_control) / (n + m);
  double const under_null = std::sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  double const under_truth = std::sqrt(p_treated * (1 - p_treated) / n + p_control * (1 - p_control) / m);
  double const difference = std::abs(p_treated - p_control) - (1 / n + 1 / m) / 2;
  if (under_truth <= 0) return difference > 0 ? 1 : 0;
  double const z = (difference - normal_quantile(1 - alpha / 2) * under_null) / under_truth;
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double share_who_worked(StudyArm const& arm) {
  return static_cast<double>(std::ranges::count_if(arm.people, &ArmOutcome::has_worked)) /
         static_cast<double>(arm.people.size());
}

}  // namespace

bool is_exact(std::uint32_t treated, std::uint32_t controls) {
  constexpr double most_tables = 1e6;
  return static_cast<double>(treated) * controls <= most_tables;
}

double lost_until_outcome(Attrition const& lost, StudyDesign const& design) {
  return lost.by_the_end * static_cast<double>(design.at.minutes) / static_cast<double>(design.follow.minutes);
}

PlannedPower::PlannedPower(StudyDesign const& design, StudyPeople const& people, TrueContrast const& truth)
    : design_{design},
      truth_{truth},
      worked_control_{share_who_worked(people.compared(design))},
      worked_treated_{share_who_worked(people.treated)} {}

ArmSizes PlannedPower::left_of(ArmSizes const& arms) const {
  auto const left = [&](std::uint32_t people, Attrition const& lost) {
    return static_cast<std::uint32_t>(std::llround(people * (1 - lost_until_outcome(lost, design_))));
  };
  return {left(arms.treated, design_.lost_treated), left(arms.controls, design_.lost_control)};
}

bool PlannedPower::reaches(std::uint32_t persons) const {
  ArmSizes const arms = arms_of(design_, persons);
  if (design_.estimator == Estimator::difference) {
    ArmSizes const left = left_of(arms);
    return planned_power(left.treated, left.controls, truth_.treated, truth_.control, design_.significance) >=
           design_.wanted_power;
  }
  double const share = static_cast<double>(arms.treated) / (arms.treated + arms.controls);
  return events(arms) >= events_needed(std::exp(truth_.log_ratio), share, design_.significance, design_.wanted_power);
}

std::optional<double> PlannedPower::least_effect(ArmSizes const& arms) const {
  if (design_.estimator == Estimator::hazard_ratio) {
    double const share = static_cast<double>(arms.treated) / (arms.treated + arms.controls);
    double const of_e = events_needed(std::exp(1), share, design_.significance, design_.wanted_power);
    double const there = events(arms);
    if (there <= 0) return std::nullopt;
    return std::exp((truth_.log_ratio < 0 ? -1 : 1) * std::sqrt(of_e / there));
  }
  ArmSizes const left = left_of(arms);
  auto const is_found = [&](double p) {
    return planned_power(left.treated, left.controls, p, truth_.control, design_.significance) >= design_.wanted_power;
  };
  // In the direction of the effect.
  double const end = truth_.treated < truth_.control ? 0 : 1;
  if (!is_found(end)) return std::nullopt;
  double missed = truth_.control;
  double found = end;
  constexpr double close = 0.002;
  while (std::abs(found - missed) > close) {
    double const middle = (missed + found) / 2;
    (is_found(middle) ? found : missed) = middle;
  }
  return found - truth_.control;
}

double PlannedPower::events(ArmSizes const& arms) const {
  // Who is lost is lost halfway through, in the mean.
  return arms.treated * worked_treated_ * (1 - design_.lost_treated.by_the_end / 2) +
         arms.controls * worked_control_ * (1 - design_.lost_control.by_the_end / 2);
}

}  // namespace utvei
