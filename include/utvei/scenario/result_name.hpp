// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace utvei {

/// Whether a result file can be called so: no blanks, slashes or control characters, and neither `.` nor `-` in front.
bool can_name_result(std::string_view name);

}  // namespace utvei
