// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// Those who follow the people of one part together, each some of them: processes of a cluster, say. All have the same
/// plan and the same people, and call the same functions in the same order. What they say is as it lies in memory: they
/// are machines of one kind.
class Exchange {
 public:
  virtual ~Exchange() = default;
  [[nodiscard]] virtual std::size_t member() const = 0;
  [[nodiscard]] virtual std::size_t members() const = 0;
  /// What each has to say, by member. Throws what the caller knows how to end with where another cannot go on.
  virtual std::vector<std::string> all_say(std::string own) = 0;
};

}  // namespace utvei
