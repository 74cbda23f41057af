// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>

#include <cstddef>

namespace utvei {

/// Fills cells, coefficients, regions and the summaries of the transitions: log rate = intercept + a coefficient for
/// each level of each term but its first + the effect of the region.
void fit_log_linear(Exposure const& exposure, Model const& model, EstimateOptions const& options, std::size_t threads,
                    Fit& fit);

}  // namespace utvei
