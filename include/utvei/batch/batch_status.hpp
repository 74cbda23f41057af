// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_plan.hpp>
#include <utvei/output/unit_store.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

enum class UnitState : std::uint8_t { left, done, failed, damaged, running };

struct UnitLook {
  UnitState state{UnitState::left};
  std::string why;  ///< of a failure
};

/// How far the units of a batch are; files are read whole, so that a damaged one is not counted as done.
std::vector<UnitLook> look_at_units(BatchPlan const& plan, UnitStore const& store, std::size_t threads);

/// What a batch takes, from the time and the bytes of a few people of up to three of its scenarios.
struct BatchEstimate {
  std::size_t scenarios_measured{0};
  std::uint64_t lives_measured{0};
  double seconds_per_life{0};  ///< of one thread
  double seconds{0};           ///< of all units, with the threads that were asked for
  std::uint64_t unit_bytes{0}, result_bytes{0};
  std::uint64_t process_bytes{0};  ///< of memory, at most, while units are simulated; 0: there are none
  bool leaves_out_queues{false};   ///< of some scenarios a share was measured as if nobody else asked for places
};
/// `left`: units that are still to do.
BatchEstimate estimate_batch(BatchPlan const& plan, std::vector<std::size_t> const& left, VariantShelf& shelf,
                             std::size_t threads, StopFlag const* stop);

}  // namespace utvei
