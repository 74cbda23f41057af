// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cube.hpp"

#include <string>

namespace utvei {

/// What a cell says of the count behind it, once it is known how small counts were published. `contradiction`: why the
/// number cannot have been published under the rule; "" if it can.
struct ReadCount {
  Published value;
  std::string contradiction;
};
ReadCount read_published(CubeCell const& cell, SmallCounts const& rule);

}  // namespace utvei
