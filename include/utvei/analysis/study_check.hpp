// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/power.hpp>

namespace utvei {

/// Diagnoses what the scenario lacks for a study, or cannot be studied, before its people are made.
void check_study(StudyDesign const& design, Scenario const& scenario, Diagnostics& diagnostics);

}  // namespace utvei
