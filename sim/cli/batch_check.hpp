// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// Reads a batch with all its scenarios; how many they are, and how many units.
std::vector<std::string> notes_of_batch(std::string const& path, std::vector<Override> const& overrides,
                                        std::size_t threads, Diagnostics& diagnostics);

}  // namespace utvei
