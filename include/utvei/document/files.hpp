// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <string>
#include <vector>

namespace utvei {

/// Adds the files that a document's values come from, beside those of the command line; each once.
void collect_files(Value const& value, std::vector<std::string>& files);

}  // namespace utvei
