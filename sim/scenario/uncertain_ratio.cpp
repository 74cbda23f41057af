// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/normal.hpp>
#include <utvei/scenario/uncertain_ratio.hpp>

#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

UncertainRatio read_mean_and_interval(Value const& value, Diagnostics& diagnostics) {
  UncertainRatio result;
  MapReader reader{value, "the hazard ratio", diagnostics};
  Value const* mean = reader.required("mean");
  Value const* interval = reader.required("interval_95");
  reader.finish();
  auto const ratio = mean ? as_number_at_least(*mean, 0, "mean", diagnostics) : std::nullopt;
  if (!interval) return result;
  if (!interval->is_list() || interval->items.size() != 2) {
    diagnostics.error(interval->place, "`interval_95` must be a list of two numbers", {}, "write [1.1, 1.6]");
    return result;
  }
  auto const low = as_number_at_least(interval->items[0], 0, "interval_95", diagnostics);
  auto const high = as_number_at_least(interval->items[1], 0, "interval_95", diagnostics);
  if (!ratio || !low || !high) return result;
  if (!(*low > 0) || !(*low < *high)) {
    diagnostics.error(interval->place, fmt::format("`interval_95` from {} to {} is no interval", *low, *high),
                      "the hazard ratio is drawn log-normally: both ends are above 0, the first is the lower",
                      "write [low, high]");
    return result;
  }
  if (*ratio < *low || *ratio > *high) {
    diagnostics.error(mean->place, fmt::format("the mean {} lies outside the interval {} to {}", *ratio, *low, *high),
                      "", "correct the mean, or widen the interval");
    return result;
  }
  return {*ratio, std::sqrt(*low * *high), (std::log(*high) - std::log(*low)) / (2 * normal_975)};
}

}  // namespace

UncertainRatio read_uncertain_ratio(Value const& value, Diagnostics& diagnostics) {
  if (value.is_map()) return read_mean_and_interval(value, diagnostics);
  return {as_number_at_least(value, 0, "hazard_ratio", diagnostics).value_or(1), 1, {}};
}

double draw_ratio(UncertainRatio const& ratio, std::uint32_t seed, std::uint32_t draw, StreamId stream) {
  if (!ratio.log_sd) return ratio.mean;
  return ratio.median * std::exp(*ratio.log_sd * standard_normal(RandomKey{seed, draw, 0}, PersonKey{0}, stream, 0));
}

}  // namespace utvei
