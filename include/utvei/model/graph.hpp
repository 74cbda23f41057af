// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// How one state leads to another.
struct Way {
  enum class Kind { transition, limit, age };
  StateId from;
  StateId to;
  Kind kind{Kind::transition};
  std::optional<TransitionId> transition;  ///< of a transition
  std::size_t limit{0};                    ///< which limit of the state, of a limit
};
/// Transitions, then limits, then age ends. Destinations with no share, and limits that everybody stays over, are no
/// way.
std::vector<Way> ways_of(Model const& model);

/// By state: whether some way leads there from one of `starts`; the starts themselves are reached.
std::vector<bool> reachable(Model const& model, std::vector<StateId> const& starts);

}  // namespace utvei
