// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "planned_power.hpp"

namespace utvei {

/// Of all who are followed, each in every arm with the same luck.
TrueContrast true_contrast(StudyDesign const& design, StudyPeople const& people);
/// Of an outcome in an arm: a mean, or a share.
double mean_outcome(StudyDesign const& design, StudyArm const& arm);
/// Its standard deviation.
double spread_of_outcome(StudyDesign const& design, StudyArm const& arm);

}  // namespace utvei
