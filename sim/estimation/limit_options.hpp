// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/estimation/fit.hpp>

namespace utvei {

/// The key `limits` of `estimate`: limits of the model whose destinations are estimated.
void read_limits(MapReader& reader, Study const& study, EstimateOptions& options, Diagnostics& diagnostics);

/// The key `before_limit`: bands of the time in a state that end at its limits. Reads after `limits` and `bands`, and
/// before the terms.
void read_before_limit(MapReader& reader, Study const& study, EstimateOptions& options, Diagnostics& diagnostics);

/// Bands before limits that no term uses.
void refuse_unused_before_limit(MapReader& reader, EstimateOptions const& options, Diagnostics& diagnostics);

/// Makes the bands of all states from those of each.
void join_time_in_state(EstimateOptions& options);

/// Limits whose shares the model leaves to estimates, and the study does not estimate.
void warn_of_limits_left_out(Study const& study, EstimateOptions const& options, Diagnostics& diagnostics);

}  // namespace utvei
