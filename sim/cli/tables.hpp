// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct TablesArguments {
  std::string file;  ///< a mapping; for a draft a table
  std::vector<std::string> overrides;
  std::string format{"text"};
  std::string output;
  bool draft{false};
};

/// Shows a public table as a mapping reads it, or a mapping to begin with.
int tables_command(TablesArguments const& arguments, Session& session);

}  // namespace utvei
