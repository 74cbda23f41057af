// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// What to write in place of a region that is not known: the code of the name that was written, or of the nearest name
/// or code; else which there are. `regions`: codes, each with a name; a code may stand several times.
std::string advice_for_region(std::string_view text, std::vector<std::pair<std::string, std::string>> const& regions);

}  // namespace utvei
