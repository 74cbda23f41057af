// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/calibration.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What all targets of a file share.
struct TargetDefaults {
  std::optional<double> log_sd;
  double log_sd_per_year{0};
  std::optional<int> base_year;
};

/// The standard deviation of a log; above 0.
std::optional<double> read_log_sd(Value const& value, Diagnostics& diagnostics);

/// The key `targets`: figures with their operators; a target with `values` is one for each line of that table.
std::vector<Target> read_targets(Value const& value, TargetDefaults const& defaults, Scenario const& scenario,
                                 std::vector<std::string>& inputs, Diagnostics& diagnostics);

}  // namespace utvei
