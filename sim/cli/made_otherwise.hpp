// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_file.hpp>
#include <utvei/results/result.hpp>

#include <string>
#include <vector>

namespace utvei {

/// Where a result was made of something else than the scenario is now: keys whose values differ, and files whose
/// contents do. Empty: it is the result of this scenario. Files that are not found from here are not compared.
std::vector<std::string> made_otherwise(RunResult const& result, Variant const& variant);

}  // namespace utvei
