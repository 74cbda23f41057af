// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

namespace utvei {

// What the program tells the shell (docs/commands.md).
inline constexpr int exit_ok = 0;
inline constexpr int exit_bug = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_file = 3;
inline constexpr int exit_data = 4;
inline constexpr int exit_part = 5;  ///< of a batch: some units failed or are missing
inline constexpr int exit_stopped = 6;
inline constexpr int exit_interrupted = 130;

/// 0 without errors; else a wrong file (3) wins over missing data (4), which wins over wrong usage (2).
int exit_code_of(Diagnostics const& diagnostics);

}  // namespace utvei
