// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/population/population.hpp>

#include <span>

namespace utvei {

/// People who are followed through one draw and replicate.
struct LivesOfPart {
  Population const& people;
  std::span<PersonRow const> rows;
  RandomKey key;
};

}  // namespace utvei
