// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct PopulateArguments {
  std::string recipe;
  std::string output;                  ///< file of people
  std::string check;                   ///< target and result of every part of every margin (CSV); empty: not written
  std::vector<std::string> overrides;  ///< of --set
  bool inside{false};
  std::string format{"text"};  ///< of the summary: text | json
};

/// Makes people that meet margins, writes them, and prints how well they do.
int populate_command(PopulateArguments const& arguments, Session& session);

}  // namespace utvei
