// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/inputs.hpp>

#include <array>
#include <string_view>

namespace utvei {

/// In files, in the order of UncertainInput::Kind and Scale.
inline constexpr std::array<std::string_view, 8> input_kind_names{"rates",        "calibration", "limit", "effect",
                                                                  "waiting_time", "share",       "score", "cost"};
inline constexpr std::array<std::string_view, 3> input_scale_names{"plain", "log", "logit"};

inline std::string_view name_of(UncertainInput::Kind kind) {
  return input_kind_names[static_cast<std::size_t>(kind)];
}

}  // namespace utvei
