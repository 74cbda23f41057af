// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "follow_part.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace utvei {

/// Of a life it is kept as bits under which runs it is another.
inline constexpr std::size_t most_together = 32;

/// A run with its plan for the draw, and what it counts.
struct RunOfPart {
  RunPlan const& plan;
  Designs const& designs;
};

/// What runs have counted that were followed together, and of how many people each followed the lives anew.
struct CountedTogether {
  std::vector<PartNumbers> numbers;
  std::vector<std::uint64_t> followed;
};

/// Follows the same people through several runs that count alike (Designs::count_like), the first of which is the
/// baseline. Each gets the numbers that follow_part() gives it alone; but a life is followed in another run only if it
/// may part from the baseline's there. Numbers of the others are the baseline's, without those of the people whose
/// lives part, and with their new ones. No run keeps life courses.
CountedTogether follow_together(std::span<RunOfPart const> runs, LivesOfPart const& lives,
                                SimulateOptions const& options, std::function<void(std::uint64_t lives)> const& tell);

}  // namespace utvei
