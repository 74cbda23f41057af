// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct EstimateArguments {
  std::string study;
  std::string output;  ///< rate file
  /// Tables on request; empty: not.
  std::string exposure, coefficients, regions, intensities, occupation, summary, expected, persistence;
  bool diagnose{false};                ///< print where the fit and the data part
  std::string rejects;                 ///< CSV of the rows that are not used; empty: not written
  std::vector<std::string> overrides;  ///< of --set
  bool inside{false};
  std::string format{"text"};  ///< of the summary on standard output: text | json
};

/// Estimates rates from the spells that a study names.
int estimate_command(EstimateArguments const& arguments, Session& session);

}  // namespace utvei
