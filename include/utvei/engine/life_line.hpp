// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

/// One thing that happens in a life: to its state, to its needs, or between it and a measure.
struct LifeLineEvent {
  enum class Kind : std::uint8_t {
    state,    ///< comes to it; the first one says where the life begins
    contact,  ///< with services begins
    need,     ///< arises
    found,    ///< by the service that helps with the need, or a measure's offer
    refused,
    waits,     ///< for a place
    given_up,  ///< waiting, for whatever reason
    begins,    ///< help with a need, or a measure
    met,       ///< help is over, or the measure
    broken_off,
    parted,  ///< contact ends
  };
  Kind kind{Kind::state};
  Instant time;
  StateId state;           ///< that holds from then on
  std::size_t measure{0};  ///< of what is about one
};

/// Follows one person as simulate() does under the same key, the others of the run beside them: what happens until the
/// run ends, in order of time.
std::vector<LifeLineEvent> life_line(RunPlan const& plan, Population const& people, PersonRow row,
                                     RandomKey const& key);

}  // namespace utvei
