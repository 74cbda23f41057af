// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_read.hpp"

namespace utvei {

inline constexpr std::int64_t rate_format_version = 2;
inline constexpr FileFormat rate_format{"utvei-rates", rate_format_version, "rates of `utvei estimate`"};

}  // namespace utvei
