// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/calibration.hpp>

#include <optional>

namespace utvei {

/// The key `value`: a number, or bounds `{from: 1, to: 3}`.
void read_figure(Value const& value, Target& target, Diagnostics& diagnostics);
/// Sets the figure of a target, which is above 0, and 1 at most if it is a share. None: nothing is wrong but what was
/// said already.
void set_figure(std::optional<double> number, Place const& place, Target& target, Diagnostics& diagnostics);
/// Bounds that are one number are that number.
void set_bounds(FigureBounds const& bounds, Place const& place, Target& target, Diagnostics& diagnostics);

}  // namespace utvei
