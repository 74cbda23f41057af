// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstdint>
#include <functional>
#include <string_view>

namespace utvei {

/// An event of a life course, or a move or change of a trait between them, in words of the model.
struct LifeEvent {
  std::uint64_t person{0};
  std::int64_t time{0};  ///< minutes since 1970
  std::string_view from, to;
  std::string_view cause;  ///< region or a trait of what is no event
};

/// By person, then time. Throws InputError (data) if the result has no life courses.
void for_each_life_event(RunResult const& result, std::function<void(LifeEvent const&)> const& visit);

}  // namespace utvei
