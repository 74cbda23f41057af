// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/calibration.hpp>

#include <string>
#include <vector>

namespace utvei {

/// The key `values`: a target like `target` for each line of a table `region;value`, or for each cell of a public table
/// that is read through a mapping. A line is of its region, a cell of its region, ages and levels of traits. Files that
/// are read join `inputs`.
std::vector<Target> read_target_table(Value const& values, Target const& target, Model const& model,
                                      std::vector<std::string>& inputs, Diagnostics& diagnostics);

/// The same of a mapping file: its path, or a map `{file: …, where: …}`.
std::vector<Target> read_public_targets(Value const& values, Target const& target, Model const& model,
                                        std::vector<std::string>& inputs, Diagnostics& diagnostics);
/// Whether a path is that of a mapping, as margins of a population know it too.
bool names_mapping(Value const& file);

}  // namespace utvei
