// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>

namespace utvei {

struct ExportArguments {
  std::string file;
  std::string output;  ///< a file for one table, a folder for all; empty: standard output
  std::string table;   ///< empty: all
  std::string limit;   ///< of a rate file, the shares at this limit; empty: the rates
  bool life_courses{false};
  std::string as;      ///< register: the life courses as a register, in a folder
  bool inside{false};  ///< what is made from a register may be written as it is
  std::string format{"csv"};
};

/// Writes a result as tidy tables or as a register, or a rate file as a rate table.
int export_command(ExportArguments const& arguments, Session& session);

}  // namespace utvei
