// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ladder.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace utvei {

/// The offsets of some transitions that hold for a profile, and in which lane of a Jet the derivative in each is
/// carried, if it is.
struct OffsetLanes {
  static constexpr std::size_t no_lane = std::numeric_limits<std::size_t>::max();
  struct Use {
    RateOffset const* offset;
    std::size_t lane{no_lane};
  };
  std::vector<std::vector<Use>> of_transition;  ///< by TransitionId
};

/// What all cohorts of a profile share.
struct FlowSetting {
  RunPlan const& plan;
  Ladder const& ladder;
  OccupationQuery const& query;
  std::size_t passages;
  OffsetLanes const& offsets;
  std::int64_t step;      ///< the longest, in minutes
  std::int64_t parts{1};  ///< that each step is taken in
};

/// When something changes for a cohort but by the time in a state: intensities, rules of age, what is asked. Rising,
/// after its start, the end of the run last.
std::vector<std::int64_t> breaks_of(FlowSetting const& setting, Cohort const& cohort);

}  // namespace utvei
