// SPDX-License-Identifier: Apache-2.0
#include "figure.hpp"

#include <utvei/document/reader.hpp>

#include <fmt/format.h>

namespace utvei {
namespace {

void refuse_too_large(double number, Place const& place, Target const& target, Diagnostics& diagnostics) {
  if (number > 1 && target.observation.unit == Unit::share) {
    diagnostics.error(place, fmt::format("a share of {}", number), "a share is 1 at most",
                      fmt::format("write {} for {} per cent, or name another `unit`", number / 100, number));
  }
}

}  // namespace

void read_figure(Value const& value, Target& target, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    set_figure(as_number(value, "value", diagnostics), value.place, target, diagnostics);
    return;
  }
  MapReader reader{value, "`value`", diagnostics};
  auto const* from = reader.required("from");
  auto const* to = reader.required("to");
  reader.finish();
  auto const low = from ? as_number_at_least(*from, 0, "from", diagnostics) : std::nullopt;
  auto const high = to ? as_number(*to, "to", diagnostics) : std::nullopt;
  if (low && high) {
    set_bounds({*low, *high}, to->place, target, diagnostics);
  } else {
    set_figure(std::nullopt, value.place, target, diagnostics);
  }
}

void set_figure(std::optional<double> number, Place const& place, Target& target, Diagnostics& diagnostics) {
  if (number && !(*number > 0)) {
    diagnostics.error(place, fmt::format("a figure of {}", *number), "misfits are measured on the log scale",
                      "give a figure above 0, or leave it out");
  }
  if (number) refuse_too_large(*number, place, target, diagnostics);
  target.value = number && *number > 0 ? *number : 1;
}

void set_bounds(FigureBounds const& bounds, Place const& place, Target& target, Diagnostics& diagnostics) {
  if (bounds.low == bounds.high) {
    set_figure(bounds.high, place, target, diagnostics);
    return;
  }
  if (bounds.low > bounds.high) {
    diagnostics.error(place, fmt::format("no figure lies between {} and {}", bounds.low, bounds.high),
                      "the bounds end before they begin",
                      fmt::format("write {{from: {}, to: {}}}", bounds.high, bounds.low));
    target.value = 1;
    return;
  }
  refuse_too_large(bounds.high, place, target, diagnostics);
  target.bounds = bounds;
  target.value = (bounds.low + bounds.high) / 2;
}

}  // namespace utvei
