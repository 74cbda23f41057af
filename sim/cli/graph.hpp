// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct GraphArguments {
  std::string file;  ///< model or scenario
  std::string format{"dot"};
  std::string output;
  std::vector<std::string> overrides;
  std::string from, to;  ///< of pathways
  int paths{10};
  std::string at;
};

/// The pathway graph: a picture, or what can be said about it.
int graph_command(GraphArguments const& arguments, Session& session);

}  // namespace utvei
