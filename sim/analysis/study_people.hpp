// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/power.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// What becomes of somebody in one arm.
struct ArmOutcome {
  bool has_outcome{false};
  std::int64_t first_work{0};  ///< minutes after the start; the end of follow-up where there is none
  bool has_worked{false};
};

/// People like those of a study, each followed in both arms.
struct StudyPeople {
  std::size_t eligible{0};  ///< of the scenario
  std::vector<ArmOutcome> control, treated;
};
/// Tens of thousands, drawn from the scenario's people who qualify at its start. Nobody without a diagnosis.
StudyPeople follow_study_people(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                                Population const& people, PowerOptions const& options, Diagnostics& diagnostics);

}  // namespace utvei
