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

/// As if somebody knew all arms.
ChangeSeen change_seen(StudyPeople const& people, PowerReport const& report) {
  double const gain = report.control - people.at_start;
  return {people.at_start, people.gain_of_all, gain - people.gain_of_all, report.treated - report.control};
}

}  // namespace

PowerReport simulate_studies(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                             Population const& people, PowerOptions const& options, Diagnostics& diagnostics) {
  StudyPeople const followed = follow_study_people(design, scenario, rates, people, options, diagnostics);
  PowerReport report;
  report.eligible = followed.eligible;
  if (diagnostics.has_errors()) return report;
  return report_of_studies(design, followed, scenario.seed, options);
}

PowerReport report_of_studies(StudyDesign const& design, StudyPeople const& people, std::uint32_t seed,
                              PowerOptions const& options) {
  PowerReport report;
  report.eligible = people.eligible;
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
  if (design.assignment == Assignment::before_after) {
    report.change = change_seen(people, report);
    return report;
  }
  SimulatedPower simulated{design, people, seed, truth, options};
  for (std::size_t place = 0; place < design.persons.size(); ++place) report.sizes.push_back(simulated.of_size(place));
  if (design.estimator == Estimator::mixed_model) {
    report.looked_up_to = 100'000;
    report.enough =
        simulated.enough(*std::ranges::max_element(report.sizes, {}, &StudySize::persons), report.looked_up_to);
    return report;
  }
  PlannedPower const planned{design, people, truth};
  for (StudySize& size : report.sizes) size.least_effect = planned.least_effect({size.treated, size.controls});
  report.looked_up_to = 1'000'000;
  report.enough = enough_people(planned, report.looked_up_to);
  return report;
}

}  // namespace utvei
