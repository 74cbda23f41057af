// SPDX-License-Identifier: Apache-2.0
#include "few_cohorts.hpp"

#include <array>

namespace utvei {

std::vector<Cohort> few_cohorts(RunPlan const& plan, Population const& people) {
  // More cohorts take long, and are told apart more finely than what is asked.
  constexpr std::size_t most_cohorts = 4000;
  constexpr std::array widths{Duration{0}, Duration{minutes_per_month}, Duration{3 * minutes_per_month},
                              Duration{minutes_per_year}};
  std::vector<Cohort> cohorts;
  for (Duration const width : widths) {
    cohorts = group_people(plan, people, width);
    std::erase_if(cohorts, [&](Cohort const& cohort) { return cohort.start >= plan.end; });
    if (cohorts.size() <= most_cohorts) break;
  }
  return cohorts;
}

}  // namespace utvei
