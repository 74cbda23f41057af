// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/calibration.hpp>

#include <string>
#include <string_view>

namespace utvei {

std::string_view name_of(Target::Use use);
std::string_view name_of(FigureMethod method);
/// A count with thousands apart, a small number with three digits, as the language writes them (nb, nn, en).
std::string figure_text(double value, std::string_view language);

/// The published figure, or its bounds: `0-2`.
std::string published_text(Target const& target, std::string_view language);
/// Three fields of a CSV: the figure (empty where it has bounds), low and high.
std::string published_fields(Target const& target);

}  // namespace utvei
