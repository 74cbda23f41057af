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

}  // namespace utvei
