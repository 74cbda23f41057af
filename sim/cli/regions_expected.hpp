// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace utvei {

/// What `utvei regions --expected` is asked for beside what all of `utvei regions` takes.
struct RegionsExpectedOptions {
  bool asked{false};
  std::vector<std::string> covariates;  ///< of the regions file: the labour market
  std::vector<std::string> years;       ///< starts of the periods of a trend
  std::string overdispersion;           ///< empty: additive, or with few regions chance alone
  std::string correction;               ///< empty: benjamini-hochberg
  std::optional<double> significance;
  std::string better;  ///< more | less; empty: by the groups of the states
  std::optional<std::size_t> cases;
  std::string details;  ///< file of all that is known of each region; empty: not written
  std::string trend;    ///< file of the trend; empty: not written
  /// Whether any of them was given; they need --expected.
  [[nodiscard]] bool are_given() const {
    return !(covariates.empty() && years.empty() && overdispersion.empty() && correction.empty() && better.empty() &&
             details.empty() && trend.empty()) ||
           significance || cases;
  }
};
void add_expected_options(CLI::App* command, RegionsExpectedOptions& options);

struct RegionsExpectedArguments {
  std::string study;
  std::vector<std::string> overrides;
  std::vector<std::string> outcomes;
  std::string level;  ///< of the regions file: sums of those below; empty: regions as people have them
  std::string at;     ///< when heads are counted; empty: the study's stock dates
  std::string output;
  bool inside{false};
  std::string format{"text"};
  RegionsExpectedOptions options;
};

/// `utvei regions --expected`: who does better than expected.
int regions_expected(RegionsExpectedArguments const& arguments, Session& session);

}  // namespace utvei
