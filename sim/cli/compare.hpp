// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct CompareArguments {
  std::string baseline;
  std::vector<std::string> others;
  std::vector<std::string> quantities;  ///< of --of; empty: all
  std::vector<std::string> by;          ///< further dimensions
  std::vector<std::string> better;      ///< NAME=more or NAME=less
  bool value_of_information{false}, tornado{false};
  std::string outcome;  ///< of these two; empty: the usual one
  std::vector<std::string> rank;        ///< outcomes
  std::vector<std::string> contrasts;   ///< of --difference-of: DIMENSION=A,B
  bool intervals{false};                ///< csv has columns for 50 and 80 %, too
  bool inside{false};
  std::string format{"text"};  ///< text | csv | json
};

/// Paired differences of results from a baseline.
int compare_command(CompareArguments const& arguments, Session& session);

}  // namespace utvei
