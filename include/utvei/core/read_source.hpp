// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace utvei {

/// What a file holds, or a pipe, read by so many threads (0: all cores); nullopt, with errno, if it cannot be read.
std::optional<SourceText> read_source(std::string const& path, std::size_t threads);

}  // namespace utvei
