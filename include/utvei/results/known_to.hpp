// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/outcome.hpp>
#include <utvei/results/result.hpp>

#include <optional>
#include <vector>

namespace utvei {

/// Half of the 95 % interval of an outcome's mean over draws and replicates; of several results the widest of the
/// differences from the first. With draws it is what is left of parameters and luck together, else luck alone. None:
/// neither draws, groups nor replicates show it.
std::optional<double> half_width_of(std::vector<RunResult const*> const& results, AskedOutcome const& outcome);

}  // namespace utvei
