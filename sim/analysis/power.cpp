// SPDX-License-Identifier: Apache-2.0
#include "simulated_power.hpp"
#include "true_contrast.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// By doubling, then halving the interval.
std::optional<std::uint32_t> enough_people(PlannedPower const& planned, std::uint32_t most) {
  std::uint32_t high = 8;
  while (high < most && !planned.reaches(high)) high *= 2;
  high = std::min(high, most);
  if (!planned.reaches(high)) return std::nullopt;
  std::uint32_t low = high / 2;
  while (high - low > std::max(1U, high / 100)) {
    std::uint32_t const middle = low + (high - low) / 2;
    (planned.reaches(middle) ? high : low) = middle;
  }
  return high;
}

/// Variances of estimates fall as one over the number of people.
double guess_from(StudySize const& size, TrueContrast const& truth) {
  return size.persons * std::pow(*size.least_effect / truth.size, 2);
}

/// The formula's number, if simulated studies bear it out. They do not where hazards are not proportional and people
/// are lost: the truth is then a mean over times that studies see too little of.
void confirm_enough(StudyDesign const& design, SimulatedPower& simulated, PowerReport& report) {
  constexpr std::uint32_t most_in_all = 20'000;  // larger studies take too long
  ArmSizes const of_ten = arms_of(design, 10);
  std::uint32_t const most = 10 * most_in_all / (of_ten.treated + of_ten.controls);
  if (!report.enough || *report.enough > most) return;
  constexpr double close = 0.03;
  double const power = simulated.power_of(*report.enough);
  double const luck = 2 * std::sqrt(power * (1 - power) / design.studies);
  if (std::abs(power - design.wanted_power) <= std::max(close, luck)) return;
  report.enough = simulated.enough(*report.enough, most);
  report.looked_up_to = most;
  report.is_enough_simulated = true;
}

void find_enough(StudyDesign const& design, StudyPeople const& people, TrueContrast const& truth,
                 SimulatedPower& simulated, PowerReport& report) {
  if (design.estimator == Estimator::mixed_model) {
    report.looked_up_to = 100'000;
    report.is_enough_simulated = true;
    StudySize const& largest = *std::ranges::max_element(report.sizes, {}, &StudySize::persons);
    if (report.is_effect_clear && largest.least_effect)
      report.enough = simulated.enough(guess_from(largest, truth), report.looked_up_to);
    return;
  }
  PlannedPower const planned{design, people, truth};
  for (StudySize& size : report.sizes) size.least_effect = planned.least_effect({size.treated, size.controls});
  report.looked_up_to = 1'000'000;
  if (report.is_effect_clear) report.enough = enough_people(planned, report.looked_up_to);
  if (design.estimator == Estimator::hazard_ratio) confirm_enough(design, simulated, report);
}

/// As if somebody knew all arms.
ChangeSeen change_seen(StudyPeople const& people, PowerReport const& report) {
  double const gain = report.control - people.at_start;
  return {people.at_start, people.gain_of_all, gain - people.gain_of_all, report.treated - report.control};
}

}  // namespace

PowerReport simulate_studies(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                             Population const& people, PowerOptions const& options, Diagnostics& diagnostics) {
  std::size_t const parts =
      has_uncertain_effect(design, scenario) && design.assignment != Assignment::before_after ? 3 : 1;
  PowerOptions part = options;
  std::size_t number = 0;
  part.progress = [&](std::uint64_t done, std::uint64_t total) {
    if (options.progress) options.progress(done + number * total, parts * total);
  };
  PowerReport report;
  {
    StudyPeople const followed =
        follow_study_people(design, scenario, rates, people, options, EffectAt::point, diagnostics);
    report.eligible = followed.eligible;
    if (diagnostics.has_errors()) return report;
    report = report_of_studies(design, followed, scenario.seed, part);
    report.is_shift_known = is_shift_known(design, scenario);
  }
  // What is worth a warning was said of the point.
  Diagnostics said;
  for (EffectAt const end : {EffectAt::lower, EffectAt::upper}) {
    if (++number >= parts) break;
    StudyPeople const followed = follow_study_people(design, scenario, rates, people, options, end, said);
    if (said.has_errors()) break;
    PowerReport const of_end = report_of_studies(design, followed, scenario.seed, part);
    PowerAtEnd& at = report.at_ends.emplace_back();
    at.effect = of_end.effect;
    at.enough = of_end.enough;
    for (StudySize const& size : of_end.sizes) at.power.push_back(size.power);
  }
  return report;
}

PowerReport report_of_studies(StudyDesign const& design, StudyPeople const& people, std::uint32_t seed,
                              PowerOptions const& options) {
  PowerReport report;
  report.eligible = people.eligible;
  report.seed = seed;
  report.qualify = static_cast<double>(people.eligible) * people.weight;
  report.available = report.qualify * people.enrolled.value_or(1);
  report.enrolled = people.enrolled;
  report.regions = people.people_of_region.size();
  TrueContrast const truth = true_contrast(design, people);
  report.control = truth.control;
  report.treated = truth.treated;
  if (design.assignment == Assignment::waiting_list) {
    report.control = mean_outcome(design, people.control);
    report.waiting = truth.control;
  }
  report.spread = spread_of_outcome(design, people.control);
  report.hazard_ratio = std::exp(truth.log_ratio);
  report.effect = design.estimator == Estimator::hazard_ratio ? report.hazard_ratio : truth.size;
  report.effect_se = truth.se;
  report.is_effect_clear = std::abs(truth.size) > 2 * truth.se;
  if (design.assignment == Assignment::before_after) {
    report.change = change_seen(people, report);
    return report;
  }
  SimulatedPower simulated{design, people, seed, truth, options};
  for (std::size_t place = 0; place < design.persons.size(); ++place) report.sizes.push_back(simulated.of_size(place));
  find_enough(design, people, truth, simulated, report);
  if (report.enough && design.assignment == Assignment::register_controls)
    report.enough_controls = *report.enough * design.controls_each;
  return report;
}

}  // namespace utvei
