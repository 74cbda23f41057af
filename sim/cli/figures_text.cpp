// SPDX-License-Identifier: Apache-2.0
#include "figures_text.hpp"

#include <utvei/results/readable.hpp>

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

std::string published_text(Target const& target, std::string_view language) {
  if (!target.bounds) return readable_digits(target.value, language);
  return fmt::format("{}–{}", readable_digits(target.bounds->low, language),
                     readable_digits(target.bounds->high, language));
}

std::string published_fields(Target const& target) {
  auto const [low, high] = target.range();
  return fmt::format("{},{},{}", target.bounds ? std::string{} : fmt::to_string(target.value), low, high);
}

}  // namespace utvei
