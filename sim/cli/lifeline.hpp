// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct LifelineArguments {
  std::string file;
  std::vector<std::string> overrides;
  bool inside{false};
  std::string format{"text"};
};

/// `utvei lifeline`: one person's life under each way of working, with the same luck.
int lifeline_command(LifelineArguments const& arguments, Session& session);

}  // namespace utvei
