// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulated_study.hpp"

#include <cstdint>
#include <optional>

namespace utvei {

/// What studies like this are of: the effect as they compare, and how well the people who are followed tell it.
struct TrueContrast {
  double control{0}, treated{0};  ///< means of the outcome
  double log_ratio{0};            ///< of the hazards of the first work
  double size{0}, se{0};          ///< of what is estimated
};

/// Power without simulation: exactly for proportions, by Schoenfeld's number of events for hazard ratios.
class PlannedPower {
 public:
  PlannedPower(StudyDesign const& design, StudyPeople const& people, TrueContrast const& truth);
  [[nodiscard]] bool reaches(std::uint32_t persons) const;
  /// The least difference, or hazard ratio, that is found in the direction of the effect; nothing where none is.
  [[nodiscard]] std::optional<double> least_effect(ArmSizes const& arms) const;

 private:
  [[nodiscard]] double events(ArmSizes const& arms) const;
  [[nodiscard]] ArmSizes left_of(ArmSizes const& arms) const;

  StudyDesign const& design_;
  TrueContrast truth_;
  double worked_control_{0}, worked_treated_{0};
};

/// Tables of larger studies take too long, and the normal distribution is close.
bool is_exact(std::uint32_t treated, std::uint32_t controls);
/// The share that is not there when the outcome is seen.
double lost_until_outcome(Attrition const& lost, StudyDesign const& design);

}  // namespace utvei
