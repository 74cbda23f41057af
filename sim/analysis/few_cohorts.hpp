// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/cohort/cohorts.hpp>

#include <vector>

namespace utvei {

/// The people of a plan in cohorts, by the narrowest stretches of birth that give few enough of them.
std::vector<Cohort> few_cohorts(RunPlan const& plan, Population const& people);

}  // namespace utvei
