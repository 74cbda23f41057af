// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace utvei {

/// Things that hang together, however indirectly.
class Groups {
 public:
  explicit Groups(std::size_t things) : above_(things) { std::iota(above_.begin(), above_.end(), std::size_t{0}); }
  /// The first of all that it hangs together with.
  [[nodiscard]] std::size_t of(std::size_t thing) {
    while (above_[thing] != thing) thing = above_[thing] = above_[above_[thing]];
    return thing;
  }
  void join(std::size_t one, std::size_t other) {
    one = of(one);
    other = of(other);
    above_[std::max(one, other)] = std::min(one, other);
  }

 private:
  std::vector<std::size_t> above_;
};

}  // namespace utvei
