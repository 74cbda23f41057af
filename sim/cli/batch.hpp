// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct BatchArguments {
  std::string action;  ///< plan | run | status | resume | merge
  std::string file;
  std::string out;       ///< folder of the results; empty: what the file says, or runs
  std::string store;     ///< folder of finished units; empty: what the file says, or OUT/units
  std::string shard;     ///< I/N; empty: all units
  std::string progress;  ///< bar | lines | ndjson; empty: a bar on a terminal, else lines
  std::vector<std::string> overrides;
  bool inside{false};          ///< life courses made from a register may be written
  std::string format{"text"};  ///< text | json
};

/// Many scenarios, divided into units of work that are finished once.
int batch_command(BatchArguments const& arguments, Session& session);

}  // namespace utvei
