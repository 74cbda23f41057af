// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/value.hpp>

#include <string>

namespace utvei {

/// "cannot write `path`: No space left on device", with what to do.
InputError write_failure(std::string const& path, int error_number);

/// A data error about a file as a whole.
InputError file_failure(std::string const& path, std::string problem, std::string why = {},
                        std::string suggestion = {});

/// Reports what is wrong with a file that another file names as that file's mistake, where it is named. `what`: the
/// file in words, for messages.
void report_where_named(InputError const& error, std::string const& what, Request const& request,
                        Diagnostics& diagnostics);

/// The file as a place.
Place whole_file(std::string const& path);

}  // namespace utvei
