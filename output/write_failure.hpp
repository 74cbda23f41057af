// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <string>

namespace utvei {

/// "cannot write `path`: No space left on device", with what to do.
InputError write_failure(std::string const& path, int error_number);

/// A data error about a file as a whole.
InputError file_failure(std::string const& path, std::string problem, std::string why = {},
                        std::string suggestion = {});

/// The file as a place.
Place whole_file(std::string const& path);

}  // namespace utvei
