// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct GraphArguments {
  std::string file;    ///< model or scenario
  std::string format;  ///< empty: dot, or text where levers, flows or ways are asked for
  std::string output;
  std::vector<std::string> overrides;
  std::string from, to;  ///< of pathways
  int paths{10};
  std::string at;
  bool levers{false}, flows{false}, inside{false};
  std::vector<std::string> without;       ///< ways, as `a -> b`
  std::vector<std::string> outcomes, by;  ///< of levers
  int most{10};                           ///< rows of a ranking
};

/// SVG of a picture, by graphviz's `dot`.
std::string svg_of(std::string const& dot);

/// The pathway graph: a picture, or what can be said about it.
int graph_command(GraphArguments const& given, Session& session);

}  // namespace utvei
