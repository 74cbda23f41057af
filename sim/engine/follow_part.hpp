// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "allocation.hpp"
#include "part_numbers.hpp"
#include "parting_lives.hpp"

#include <utvei/engine/simulate.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace utvei {

/// People who are followed through one draw and replicate.
struct LivesOfPart {
  Population const& people;
  std::span<PersonRow const> rows;
  RandomKey key;
  /// Of each row: how many stays at the beginning of the life are counted already, in what measures do not know of;
  /// empty: none.
  std::span<std::uint32_t const> known_stays{};
  [[nodiscard]] LivesOfPart part(std::size_t first, std::size_t count) const {
    return {people, rows.subspan(first, count), key,
            known_stays.empty() ? known_stays : known_stays.subspan(first, count)};
  }
};

/// Follows the people. `answers`: of the queues, to each of them. `tell`: how many more lives are done, from any
/// thread. `others`: runs for which it is noted who parts.
PartNumbers follow_lives_of_part(RunPlan const& plan, LivesOfPart const& lives, Answers const& answers,
                                 LifeCourseSelection const& selection, Designs const& designs,
                                 SimulateOptions const& options, std::function<void(std::uint64_t lives)> const& tell,
                                 std::span<PartingLives> others = {});

/// The same, and before it those who have places to give hand them out. Where a measure has a queue, the rows are those
/// of everybody who may ask: who gets a place hangs on all.
PartNumbers follow_part(RunPlan const& plan, LivesOfPart const& lives, LifeCourseSelection const& selection,
                        Designs const& designs, SimulateOptions const& options,
                        std::function<void(std::uint64_t lives)> const& tell);

}  // namespace utvei
