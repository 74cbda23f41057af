// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>

namespace utvei {

struct ExportArguments {
  std::string file;
  std::string output;  ///< a file for one table, a folder for all; empty: standard output
  std::string table;   ///< empty: all
  bool life_courses{false};
  std::string format{"csv"};
};

/// Writes a result as tidy tables.
int export_command(ExportArguments const& arguments, Session& session);

}  // namespace utvei
