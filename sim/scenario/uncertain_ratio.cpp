// SPDX-License-Identifier: Apache-2.0
#include "uncertain_amount.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/scenario/uncertain_ratio.hpp>

#include <cmath>
#include <string>

#include <fmt/format.h>

namespace utvei {
namespace {

UncertainRatio read_mean_and_interval(Value const& value, std::string const& what, Diagnostics& diagnostics) {
  UncertainRatio result;
  MapReader reader{value, what, diagnostics};
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
                      what + " is drawn log-normally: both ends are above 0, the first is the lower",
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
  if (value.is_map()) return read_mean_and_interval(value, "the hazard ratio", diagnostics);
  return {as_number_at_least(value, 0, "hazard_ratio", diagnostics).value_or(1), 1, {}};
}

UncertainRatio read_uncertain_amount(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  return read_mean_and_interval(value, fmt::format("`{}`", what), diagnostics);
}

double read_uncertain_share(Value const& value, std::string_view what, std::optional<UncertainShare>& drawn,
                            Diagnostics& diagnostics) {
  auto const share = [&](Value const& said, std::string_view name) {
    double const number = as_number_at_least(said, 0, name, diagnostics).value_or(0.5);
    if (number <= 1) return number;
    diagnostics.error(said.place, fmt::format("`{}` is {:g}", name, number), "it is a share, from 0 to 1",
                      number <= 100 ? fmt::format("write {:g} for {:g} per cent", number / 100, number)
                                    : std::string{"write a number from 0 to 1"});
    return 0.5;
  };
  if (!value.is_map()) return share(value, what);
  MapReader reader{value, fmt::format("`{}`", what), diagnostics};
  Value const* mean = reader.required("mean");
  Value const* interval = reader.required("interval_95");
  reader.finish();
  double const at = mean ? share(*mean, "mean") : 0.5;
  if (!interval) return at;
  if (!interval->is_list() || interval->items.size() != 2) {
    diagnostics.error(interval->place, "`interval_95` must be a list of two numbers", {}, "write [0.5, 0.85]");
    return at;
  }
  double const low = share(interval->items[0], "interval_95");
  double const high = share(interval->items[1], "interval_95");
  if (!(low > 0) || !(low < high) || !(high < 1) || (mean && (at < low || at > high))) {
    diagnostics.error(interval->place,
                      fmt::format("`interval_95` from {:g} to {:g} is no interval around {:g}", low, high, at),
                      "the logit of the share is drawn normally: both ends lie between 0 and 1, the first is the lower",
                      "write [low, high] around the mean");
    return at;
  }
  auto const logit = [](double p) { return std::log(p / (1 - p)); };
  drawn = UncertainShare{(logit(low) + logit(high)) / 2, (logit(high) - logit(low)) / (2 * normal_975)};
  return at;
}

UncertainNumber read_uncertain_number(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  UncertainNumber number;
  if (!value.is_map()) {
    number.mean = as_number(value, what, diagnostics).value_or(0);
    return number;
  }
  MapReader reader{value, fmt::format("`{}`", what), diagnostics};
  Value const* mean = reader.required("mean");
  Value const* interval = reader.required("interval_95");
  reader.finish();
  if (mean) number.mean = as_number(*mean, "mean", diagnostics).value_or(0);
  if (!interval) return number;
  if (!interval->is_list() || interval->items.size() != 2) {
    diagnostics.error(interval->place, "`interval_95` must be a list of two numbers", {}, "write [1, 7]");
    return number;
  }
  auto const low = as_number(interval->items[0], "interval_95", diagnostics);
  auto const high = as_number(interval->items[1], "interval_95", diagnostics);
  if (!low || !high || !mean) return number;
  if (!(*low < *high) || number.mean < *low || number.mean > *high) {
    diagnostics.error(
        interval->place,
        fmt::format("`interval_95` from {:g} to {:g} is no interval around {:g}", *low, *high, number.mean),
        "the number is drawn normally: the first end is the lower", "write [low, high] around the mean");
    return number;
  }
  number.middle = (*low + *high) / 2;
  number.sd = (*high - *low) / (2 * normal_975);
  return number;
}

double draw_number(UncertainNumber const& number, std::uint32_t seed, std::uint32_t draw, StreamId stream) {
  if (!number.sd) return number.mean;
  return number.middle + *number.sd * standard_normal(RandomKey{seed, draw, 0}, PersonKey{0}, stream, 0);
}

double draw_share(UncertainShare const& share, std::uint32_t seed, std::uint32_t draw, StreamId stream) {
  double const z = standard_normal(RandomKey{seed, draw, 0}, PersonKey{0}, stream, 0);
  return 1 / (1 + std::exp(-(share.logit + share.sd * z)));
}

double draw_ratio(UncertainRatio const& ratio, std::uint32_t seed, std::uint32_t draw, StreamId stream) {
  if (!ratio.log_sd) return ratio.mean;
  return ratio.median * std::exp(*ratio.log_sd * standard_normal(RandomKey{seed, draw, 0}, PersonKey{0}, stream, 0));
}

}  // namespace utvei
