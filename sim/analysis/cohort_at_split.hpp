// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/backtest.hpp>
#include <utvei/population/population.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// The people who are seen at a split, as they were then, and where they are later.
struct CohortAtSplit {
  Population people;
  std::vector<std::string> regions;        ///< codes of those that have people; one empty code without regions
  std::vector<std::uint32_t> region_of;    ///< by person: place among `regions`
  std::vector<Instant> times;              ///< whole years after the split, within the window
  std::vector<std::optional<StateId>> at;  ///< by person, then time; none: not seen then
  BacktestPeople counts;
};

/// `early`: life courses as they were known at the split; `lives`: of the whole window, with the same persons.
CohortAtSplit cohort_at_split(LifeCourses const& early, LifeCourses const& lives, Study const& study,
                              EstimateOptions const& estimate, Instant split);

}  // namespace utvei
