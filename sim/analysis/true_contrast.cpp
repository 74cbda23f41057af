// SPDX-License-Identifier: Apache-2.0
#include "true_contrast.hpp"

#include "stepped_study.hpp"
#include "two_sample_survival.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

double outcome_in(StudyDesign const& design, StudyArm const& arm, std::size_t person) {
  if (design.estimator == Estimator::mixed_model) return arm.values_of(person)[design.wave_of_outcome()];
  return arm.people[person].has_outcome ? 1 : 0;
}

/// All who were followed, as one large study.
double log_hazard_ratio(StudyArm const& compared, StudyArm const& treated) {
  std::vector<FollowedUp> all;
  for (auto const* arm : {&compared, &treated})
    for (ArmOutcome const& one : arm->people) all.push_back({one.first_work, one.has_worked, arm == &treated});
  return compare_survival(std::move(all)).log_hazard_ratio;
}

/// As if the arms had luck of their own: too large, if anything.
double se_of_log_ratio(StudyArm const& compared, StudyArm const& treated) {
  auto const worked = [](StudyArm const& arm) {
    return std::max(1.0, static_cast<double>(std::ranges::count_if(arm.people, &ArmOutcome::has_worked)));
  };
  return std::sqrt(1 / worked(treated) + 1 / worked(compared));
}

/// Each is followed in both arms with the same luck.
double se_of_difference(StudyDesign const& design, StudyArm const& compared, StudyArm const& treated) {
  double sum = 0;
  double squares = 0;
  auto const n = static_cast<double>(treated.people.size());
  for (std::size_t i = 0; i < treated.people.size(); ++i) {
    double const gain = outcome_in(design, treated, i) - outcome_in(design, compared, i);
    sum += gain;
    squares += gain * gain;
  }
  double const mean = sum / n;
  return std::sqrt(std::max(0.0, squares / n - mean * mean) / n);
}

/// The mean over the periods and steps in which regions are treated, as often as a design of these regions has them.
class OfSteps {
 public:
  OfSteps(StudyDesign const& design, StudyPeople const& people) : design_{design}, people_{people} {
    std::size_t const regions = people.people_of_region.size();
    regions_of_step_.assign(design.steps, 0);
    for (std::size_t place = 0; place < regions; ++place)
      regions_of_step_[step_of_place(place, regions, design.steps) - 1] += 1;
  }

  [[nodiscard]] TrueContrast contrast() const {
    TrueContrast truth;
    double weights = 0;
    std::vector<std::pair<double, double>> gains;  // weight, gain
    for (std::size_t r = 0; r < people_.people_of_region.size(); ++r) {
      auto const& pool = people_.people_of_region[r];
      double const weight = static_cast<double>(people_.eligible_of_region[r]) / static_cast<double>(pool.size());
      for (std::uint32_t const person : pool) {
        double const control = mean_of(person, nullptr);
        double const treated = mean_of(person, &people_.later);
        truth.control += weight * control;
        truth.treated += weight * treated;
        weights += weight;
        gains.emplace_back(weight, treated - control);
      }
    }
    truth.control /= weights;
    truth.treated /= weights;
    truth.size = truth.treated - truth.control;
    double squares = 0;
    for (auto const& [weight, gain] : gains) squares += std::pow(weight * (gain - truth.size), 2);
    truth.se = std::sqrt(squares) / weights;
    return truth;
  }

 private:
  /// Of one person over the cells with the measure; without arms, as nobody has it.
  [[nodiscard]] double mean_of(std::uint32_t person, std::vector<StudyArm> const* arms) const {
    double sum = 0;
    double cells = 0;
    for (std::size_t step = 1; step <= regions_of_step_.size(); ++step) {
      auto const values = (arms ? (*arms)[step - 1] : people_.control).values_of(person);
      for (std::size_t t = step; t < design_.waves.size(); ++t) {
        sum += regions_of_step_[step - 1] * values[t];
        cells += regions_of_step_[step - 1];
      }
    }
    return sum / cells;
  }
  StudyDesign const& design_;
  StudyPeople const& people_;
  std::vector<double> regions_of_step_;
};

}  // namespace

double mean_outcome(StudyDesign const& design, StudyArm const& arm) {
  double sum = 0;
  for (std::size_t i = 0; i < arm.people.size(); ++i) sum += outcome_in(design, arm, i);
  return sum / static_cast<double>(arm.people.size());
}

double spread_of_outcome(StudyDesign const& design, StudyArm const& arm) {
  double const mean = mean_outcome(design, arm);
  double squares = 0;
  for (std::size_t i = 0; i < arm.people.size(); ++i) squares += std::pow(outcome_in(design, arm, i) - mean, 2);
  return std::sqrt(squares / static_cast<double>(arm.people.size()));
}

TrueContrast true_contrast(StudyDesign const& design, StudyPeople const& people) {
  if (design.assignment == Assignment::stepped) return OfSteps{design, people}.contrast();
  StudyArm const& compared = people.compared(design);
  TrueContrast truth;
  truth.control = mean_outcome(design, compared);
  truth.treated = mean_outcome(design, people.treated);
  truth.log_ratio = log_hazard_ratio(compared, people.treated);
  bool const is_ratio = design.estimator == Estimator::hazard_ratio;
  truth.size = is_ratio ? truth.log_ratio : truth.treated - truth.control;
  truth.se = is_ratio ? se_of_log_ratio(compared, people.treated) : se_of_difference(design, compared, people.treated);
  return truth;
}

}  // namespace utvei
