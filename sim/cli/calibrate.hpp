// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct CalibrateArguments {
  std::string file;
  std::string output;                  ///< rate file
  std::string report;                  ///< CSV; empty: not written
  std::vector<std::string> overrides;  ///< of --set
  std::string format{"text"};          ///< text | json
  bool inside{false};
};

/// Finds offsets with which a scenario meets published figures.
int calibrate_command(CalibrateArguments const& arguments, Session& session);

}  // namespace utvei
