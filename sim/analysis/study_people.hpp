// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/power.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace utvei {

/// What becomes of somebody in one arm.
struct ArmOutcome {
  bool has_outcome{false};
  std::int64_t first_work{0};  ///< minutes after the start; the end of follow-up where there is none
  bool has_worked{false};
  bool works_at_start{false};
};
/// All people of a study, as they are if the measure begins at one time.
struct StudyArm {
  std::vector<ArmOutcome> people;
  std::vector<double> values;  ///< [person][wave]
  [[nodiscard]] std::span<double const> values_of(std::size_t person) const {
    std::size_t const waves = values.size() / people.size();
    return std::span{values}.subspan(person * waves, waves);
  }
};

/// People like those of a study, each followed in every arm.
struct StudyPeople {
  std::size_t eligible{0};           ///< of the scenario
  std::uint32_t weight{1};           ///< people whom each of these stands for
  std::optional<double> enrolled{};  ///< the share whose score the study enrols at
  double at_start{0};                ///< the mean of what is seen, then
  double gain_of_all{0};             ///< until the outcome, of all who qualify, without the measure
  StudyArm control;                  ///< nobody is treated
  StudyArm treated;                  ///< all are, at once; of stepped empty
  std::vector<StudyArm> later;       ///< of waiting_list one, after the wait; of stepped one for each step
  /// Of stepped: by region how many are eligible, and its people among those who are followed.
  std::vector<std::size_t> eligible_of_region;
  std::vector<std::vector<std::uint32_t>> people_of_region;

  /// Whom the study compares the treated with.
  [[nodiscard]] StudyArm const& compared(StudyDesign const& design) const {
    return design.assignment == Assignment::waiting_list ? later.front() : control;
  }
};
/// Effects of the measure: as the scenario has them, or all at one end of their 95 per cent intervals.
enum class EffectAt { point, lower, upper };
/// Whether some effect of the measure on what the study sees has an interval. Ratios from trials do not count.
bool has_uncertain_effect(StudyDesign const& design, Scenario const& scenario);
/// Whether the outcome is a score that the measure moves by points without an interval.
bool is_shift_known(StudyDesign const& design, Scenario const& scenario);
/// Tens of thousands, drawn from the scenario's people who qualify at its start. Nobody without a diagnosis.
StudyPeople follow_study_people(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                                Population const& people, PowerOptions const& options, EffectAt effect,
                                Diagnostics& diagnostics);

/// What studies of these people find.
PowerReport report_of_studies(StudyDesign const& design, StudyPeople const& people, std::uint32_t seed,
                              PowerOptions const& options);

}  // namespace utvei
