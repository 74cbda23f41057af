// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct CheckArguments {
  std::vector<std::string> files;      ///< models, scenarios, studies, populations
  std::vector<std::string> overrides;  ///< of --set
  std::string format{"text"};          ///< text | json
};

/// Reports all that is wrong with all files.
int check_command(CheckArguments const& arguments, Session& session);

}  // namespace utvei
