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

std::string figure_text(double value, std::string_view language) {
  constexpr double counted_from = 1000;
  bool const is_norwegian = language != "en";
  std::string text;
  if (value >= counted_from) {
    for (char const c : grouped(static_cast<std::uint64_t>(std::llround(value))))
      text += c == ',' && is_norwegian ? ' ' : c;
    return text;
  }
  for (char const c : fmt::format("{:.3g}", value)) text += c == '.' && is_norwegian ? ',' : c;
  return text;
}

std::string published_text(Target const& target, std::string_view language) {
  if (!target.bounds) return figure_text(target.value, language);
  return fmt::format("{}-{}", figure_text(target.bounds->low, language), figure_text(target.bounds->high, language));
}

std::string published_fields(Target const& target) {
  auto const [low, high] = target.range();
  return fmt::format("{},{},{}", target.bounds ? std::string{} : fmt::to_string(target.value), low, high);
}

}  // namespace utvei
