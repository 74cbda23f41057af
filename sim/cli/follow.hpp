// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct FollowArguments {
  std::string file;
  std::vector<std::string> actual;
  std::vector<std::string> overrides;
  std::string output;  ///< folder of html, file of others; empty: none
  bool inside{false};
  std::string format{"html"};  ///< html | json | csv
};

/// `utvei follow`: what a plan is expected to show, and what became of it.
int follow_command(FollowArguments const& arguments, Session& session);

}  // namespace utvei
