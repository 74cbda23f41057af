// SPDX-License-Identifier: Apache-2.0
#include "figures_text.hpp"

#include "progress.hpp"

#include <cmath>

#include <fmt/format.h>

namespace utvei {

std::string_view name_of(Target::Use use) {
  switch (use) {
    case Target::Use::calibrate:
      return "calibrate";
    case Target::Use::validate:
      return "validate";
    case Target::Use::context:
      return "context";
  }
  return {};
}

std::string_view name_of(FigureMethod method) {
  return method == FigureMethod::equations ? "equations" : "simulation";
}

std::string figure_text(double value) {
  constexpr double counted_from = 1000;
  if (value >= counted_from) return grouped(static_cast<std::uint64_t>(std::llround(value)));
  return fmt::format("{:.3g}", value);
}

}  // namespace utvei
