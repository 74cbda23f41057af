// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/calibration.hpp>

#include <string>
#include <string_view>

namespace utvei {

std::string_view name_of(Target::Use use);
std::string_view name_of(FigureMethod method);

/// The published figure, or its bounds: `0–2`.
std::string published_text(Target const& target, std::string_view language);
/// Three fields of a CSV: the figure (empty where it has bounds), low and high.
std::string published_fields(Target const& target);

}  // namespace utvei
