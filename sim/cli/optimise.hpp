// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct OptimiseArguments {
  std::string file;
  std::vector<std::string> overrides;
  bool dimension{false};
  std::string output;  ///< scenario to be written; empty: none
  bool inside{false};
  std::string format{"text"};
};

/// `utvei optimise`: the best mix of measures under a budget, or how many places it takes.
int optimise_command(OptimiseArguments const& arguments, Session& session);

}  // namespace utvei
