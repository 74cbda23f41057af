// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/assumed.hpp>
#include <utvei/results/compare.hpp>

#include <optional>

namespace utvei {

/// The share of the assumed effects (of their logarithms) at which a difference would be as large as its 95 % half
/// width, if it grew in line with them from nothing. Above 1: not even the whole is enough. None: no error, no
/// difference.
std::optional<double> share_to_be_told(ComparisonRow const& row);
/// The hazard ratio of that share.
double ratio_at_share(AssumedEffect const& effect, double share);

}  // namespace utvei
