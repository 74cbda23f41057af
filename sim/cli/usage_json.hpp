// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "declarations.hpp"

#include <string>

namespace utvei {

/// Commands, their arguments and options as JSON: what the man page, completions and the reference are made of.
std::string usage_json(Commands& commands);

}  // namespace utvei
