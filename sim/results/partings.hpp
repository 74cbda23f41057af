// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/explain.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Nothing where one of the results keeps no life courses. `errors`: whether people are independent of each other.
std::optional<Partings> find_partings(RunResult const& baseline, RunResult const& scenario,
                                      std::vector<std::string> const& states, bool errors);

}  // namespace utvei
