// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/calibration.hpp>

#include <string>
#include <vector>

namespace utvei {

/// The key `values`: a target like `target` for each line of a table `region;value`, of the people of the region. The
/// file joins `inputs`.
std::vector<Target> read_target_table(Value const& values, Target const& target, Model const& model,
                                      std::vector<std::string>& inputs, Diagnostics& diagnostics);

}  // namespace utvei
