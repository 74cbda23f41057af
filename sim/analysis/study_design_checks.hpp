// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/power.hpp>
#include <utvei/document/reader.hpp>

#include <string>
#include <vector>

namespace utvei {

/// What somebody has written of a design, for messages.
struct DesignSaid {
  Place outcome, estimator, lost, power;
  bool has_time{false};                      ///< the outcome
  bool loses_by_arm{false};                  ///< `lost`
  bool errors{false};                        ///< they are said
  std::vector<std::string> sizes_and_tests;  ///< keys of these that are there
};
/// What only all keys together can have wrong. Periods of a stepped design become its waves.
void check_together(StudyDesign& design, DesignSaid const& said, Diagnostics& diagnostics);
/// Whom a score enrols do not vary as a mixed model says: robust errors, unless somebody says otherwise.
void take_robust_errors(bool are_said, StudyDesign& design);

}  // namespace utvei
