// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>

#include <cstdint>

namespace utvei {

/// Which of so many groups a person is in, by a hash of the key.
inline std::uint32_t person_group(PersonKey person, std::uint32_t groups) {
  return static_cast<std::uint32_t>(mix64(person.value ^ 0x67726f7570ULL) % groups);
}

}  // namespace utvei
