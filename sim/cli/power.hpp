// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct PowerArguments {
  std::string file;
  std::vector<std::string> overrides;
  bool inside{false};
  std::string format{"text"};
};

/// `utvei power`: what a planned study of a measure would find.
int power_command(PowerArguments const& arguments, Session& session);

}  // namespace utvei
