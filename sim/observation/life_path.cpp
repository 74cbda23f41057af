// SPDX-License-Identifier: Apache-2.0
#include <utvei/observation/life_path.hpp>

#include <algorithm>

namespace utvei {

std::size_t LifePath::piece_at(Instant time) const {
  if (pieces.empty() || time < pieces.front().from || time > pieces.back().to) return pieces.size();
  auto const after = std::ranges::upper_bound(pieces, time, {}, &PathPiece::from);
  return static_cast<std::size_t>(after - pieces.begin()) - 1;
}

}  // namespace utvei
