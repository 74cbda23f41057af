// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct BacktestArguments {
  std::string study;
  std::vector<std::string> splits;     ///< in place of those of the study
  std::string output;                  ///< scores; empty: standard output
  std::string scores;                  ///< every prediction (CSV); empty: not written
  std::vector<std::string> overrides;  ///< of --set
  bool inside{false};
  std::string format{"text"};  ///< text | csv | json
};

/// Fits the early years of a study and predicts the later ones.
int backtest_command(BacktestArguments const& arguments, Session& session);

}  // namespace utvei
