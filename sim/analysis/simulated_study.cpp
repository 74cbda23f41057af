// SPDX-License-Identifier: Apache-2.0
#include "simulated_study.hpp"

#include "fisher.hpp"
#include "planned_power.hpp"
#include "stepped_study.hpp"
#include "two_sample_survival.hpp"
#include "wave_study.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <boost/math/distributions/students_t.hpp>

namespace utvei {
namespace {

/// Shares with an outcome, or times until the first work.
class TwoArmStudy final : public SimulatedStudy {
 public:
  TwoArmStudy(StudyDesign const& design, StudyPeople const& people, StudyLuck luck, ArmSizes arms, TrueEffect effect)
      : design_{design},
        control_{people.compared(design)},
        treated_{effect == TrueEffect::none ? people.compared(design) : people.treated},
        luck_{luck},
        arms_{arms} {
    // Who is lost leaves smaller arms: tests of those are made as they come.
    bool const loses = design.lost_treated.is_any() || design.lost_control.is_any();
    if (design.estimator == Estimator::difference && !loses && is_exact(arms.treated, arms.controls))
      fisher_.emplace(arms.treated, arms.controls);
  }

  [[nodiscard]] StudyFinding run(std::uint32_t number) const override {
    RandomKey const key{luck_.seed, luck_.batch, 0};
    PersonKey const study{number};
    bool const is_difference = design_.estimator == Estimator::difference;
    std::vector<FollowedUp> followed;
    std::uint32_t count = 0;
    std::uint32_t kept[2]{0, 0};
    std::uint32_t events[2]{0, 0};
    for (std::size_t arm = 0; arm < 2; ++arm) {
      bool const is_treated = arm == 1;
      auto const& pool = is_treated ? treated_.people : control_.people;
      Attrition const& attrition = is_treated ? design_.lost_treated : design_.lost_control;
      double const lost = is_difference ? lost_until_outcome(attrition, design_) : attrition.by_the_end;
      std::uint32_t const size = is_treated ? arms_.treated : arms_.controls;
      for (std::uint32_t i = 0; i < size; ++i) {
        ArmOutcome const& one = pool[drawn_of(pool.size(), uniform(key, study, who_, count++))];
        bool const is_lost = lost > 0 && uniform(key, study, lost_, count) < lost;
        if (is_difference) {
          if (is_lost) continue;
          ++kept[arm];
          events[arm] += one.has_outcome ? 1 : 0;
          continue;
        }
        std::int64_t const last = is_lost ? static_cast<std::int64_t>(uniform(key, study, when_, count) *
                                                                      static_cast<double>(design_.follow.minutes))
                                          : design_.follow.minutes;
        bool const has_event = one.has_worked && one.first_work <= last;
        followed.push_back({has_event ? one.first_work : last, has_event, is_treated});
      }
    }
    if (!is_difference) {
      TwoSampleResult const result = compare_survival(std::move(followed));
      return {result.p_value, result.log_hazard_ratio};
    }
    if (kept[0] == 0 || kept[1] == 0) return no_fit;
    double const p = fisher_ ? fisher_->p_value(events[1], events[0])
                             : FisherTest::p_value_of(kept[1], kept[0], events[1], events[0]);
    return {p, static_cast<double>(events[1]) / kept[1] - static_cast<double>(events[0]) / kept[0]};
  }

 private:
  StudyDesign const& design_;
  StudyArm const& control_;
  StudyArm const& treated_;
  StudyLuck luck_;
  ArmSizes arms_;
  std::optional<FisherTest> fisher_;
  StreamId who_{stream_of("power: people")};
  StreamId lost_{stream_of("power: lost")};
  StreamId when_{stream_of("power: lost when")};
};

}  // namespace

ArmSizes arms_of(StudyDesign const& design, std::uint32_t persons) {
  if (design.assignment == Assignment::register_controls) return {persons, persons * design.controls_each};
  if (design.assignment == Assignment::stepped) return {persons, 0};
  auto const treated = static_cast<std::uint32_t>(std::llround(persons * design.share_treated));
  std::uint32_t const least = 1;
  ArmSizes const arms{std::clamp(treated, least, persons - least), 0};
  return {arms.treated, persons - arms.treated};
}

std::unique_ptr<SimulatedStudy> make_study(StudyDesign const& design, StudyPeople const& people, StudyLuck luck,
                                           std::uint32_t persons, TrueEffect effect) {
  if (design.assignment == Assignment::stepped)
    return std::make_unique<SteppedStudy>(design, people, luck, persons, effect);
  ArmSizes const arms = arms_of(design, persons);
  if (design.estimator == Estimator::mixed_model)
    return std::make_unique<WaveStudy>(design, people, luck, arms, effect);
  return std::make_unique<TwoArmStudy>(design, people, luck, arms, effect);
}

double p_of_t(double estimate, double standard_error, double degrees) {
  if (!(standard_error > 0) || degrees < 1) return 1;
  boost::math::students_t const t{degrees};
  return 2 * boost::math::cdf(boost::math::complement(t, std::abs(estimate) / standard_error));
}

}  // namespace utvei
