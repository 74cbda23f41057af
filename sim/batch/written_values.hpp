// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <string>

namespace utvei {

/// A value on one line, as YAML reads it.
std::string flow_text(Value const& value);

/// What `--set KEY=VALUE` is, written in a batch file: messages about the value point to where it stands there, and
/// paths in it are seen from the folder of the file.
Override written_override(std::string const& key, Value const& value);

}  // namespace utvei
