// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <vector>

namespace utvei {

/// File by file as they were first complained of, from the top of each to its end; what is said of a
/// file as a whole comes last.
std::vector<Diagnostic> in_reading_order(Diagnostics const& diagnostics);

}  // namespace utvei
