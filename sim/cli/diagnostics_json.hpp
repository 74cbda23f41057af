// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <string>

namespace utvei {

/// An array of {file, line, column, severity, problem, why, help}, with a newline; line and column count characters
/// from 1 and are null where there is no place.
std::string to_json(Diagnostics const& diagnostics);

}  // namespace utvei
