// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/population/population.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

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

}  // namespace utvei
