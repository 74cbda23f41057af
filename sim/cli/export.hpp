// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>

namespace utvei {

struct ExportArguments {
  std::string file;    ///< of a crate a folder
  std::string output;  ///< a file for one table, a folder for all; empty: standard output
  std::string table;   ///< empty: all
  std::string limit;   ///< of a rate file, the shares at this limit; empty: the rates
  bool life_courses{false};
  std::string as;       ///< csv, xlsx, dta, json-stat2, register or ro-crate; empty: csv
  std::string dialect;  ///< of csv: plain or norwegian; empty: plain
  bool labels{false};   ///< of csv: beside codes
  std::string licence;  ///< of a crate
  bool inside{false};   ///< what is made from a register may be written as it is
  std::string format;   ///< csv, or empty
};

/// Writes a result as tables for other programs or as a register, a rate file as a rate table, or what a folder holds.
int export_command(ExportArguments const& arguments, Session& session);

}  // namespace utvei
