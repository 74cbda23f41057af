// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct RunArguments {
  std::vector<std::string> files;
  std::string out{"runs"};             ///< folder of the results
  std::vector<std::string> overrides;  ///< of --set
  bool inside{false};                  ///< life courses made from a register may be written
  std::string format{"text"};          ///< text | json
};

/// Runs scenarios on the same people with the same luck; one result file each.
int run_command(RunArguments const& arguments, Session& session);

}  // namespace utvei
