// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct RegisterArguments {
  std::string study;
  std::string output;                  ///< register file; empty: not written
  std::string rejects;                 ///< CSV of the rows that are not used; empty: not written
  std::string stock;                   ///< CSV of the people at the stock dates; empty: not written
  std::vector<std::string> overrides;  ///< of --set
  bool inside{false};
  std::string format{"text"};  ///< of what is printed: text | json | csv
};

/// Makes checked life courses of a study's data files, writes them, and prints what to look at first.
int register_command(RegisterArguments const& arguments, Session& session);

}  // namespace utvei
