// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>

namespace utvei {

// What the small models of these tests have.
inline constexpr StateId a{0};
inline constexpr StateId b{1};
inline constexpr TraitId sex{0};
inline constexpr TraitId debt{1};

}  // namespace utvei
