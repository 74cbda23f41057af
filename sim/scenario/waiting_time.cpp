// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/normal.hpp>
#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/scenario/waiting_time.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/math/special_functions/gamma.hpp>
#include <fmt/format.h>

namespace utvei {
namespace {

using Shape = WaitingTime::Shape;

constexpr std::int64_t most_terms = 100;  ///< of a gamma: exponentials that are added up

/// What stands between the brackets of `gamma(3)`; nullopt if it is not of this name.
std::optional<std::string_view> argument_of(std::string_view text, std::string_view name) {
  if (!text.starts_with(name) || !text.ends_with(')')) return std::nullopt;
  text.remove_prefix(name.size());
  text.remove_suffix(1);
  return text.starts_with('(') ? std::optional{trimmed(text.substr(1))} : std::nullopt;
}

/// `exponential`, `fixed`, `gamma(k)` or `lognormal(s)`.
bool read_shape(std::string_view text, WaitingTime& time) {
  if (text == "exponential") return true;
  if (text == "fixed") {
    time.shape = Shape::fixed;
    return true;
  }
  if (auto const k = argument_of(text, "gamma")) {
    auto const number = parse_number(*k);
    time.shape = Shape::gamma;
    time.parameter = number.value_or(0);
    return number && *number >= 1 && *number <= most_terms && *number == std::floor(*number);
  }
  if (auto const s = argument_of(text, "lognormal")) {
    auto const number = parse_number(*s);
    time.shape = Shape::lognormal;
    time.parameter = number.value_or(0);
    return number && *number > 0 && *number <= 5;
  }
  return false;
}

/// `[1 month, 4 months]`, which holds the median.
void read_interval_of_median(Value const& value, WaitingTime& time, Diagnostics& diagnostics) {
  if (!value.is_list() || value.items.size() != 2) {
    diagnostics.error(value.place, "`interval_95` must be a list of two times", {}, "write [1 month, 4 months]");
    return;
  }
  auto const low = as_duration(value.items[0], "interval_95", diagnostics);
  auto const high = as_duration(value.items[1], "interval_95", diagnostics);
  if (!low || !high) return;
  if (low->minutes < 1 || *low >= *high || time.median < *low || time.median > *high) {
    diagnostics.error(value.place,
                      fmt::format("the median {} does not lie in an interval from {} to {}", format(time.median),
                                  format(*low), format(*high)),
                      "the median is drawn log-normally: both ends are above 0, the first is the lower",
                      "write [low, high] around the median");
    return;
  }
  auto const minutes = [](Duration duration) { return static_cast<double>(duration.minutes); };
  time.log_sd = std::log(minutes(*high) / minutes(*low)) / (2 * normal_975);
  time.factor = std::sqrt(minutes(*low) * minutes(*high)) / minutes(time.median);
}

/// What a unit time of the shape is multiplied by.
double scale_of(WaitingTime const& time) {
  auto const median = static_cast<double>(time.median.minutes);
  switch (time.shape) {
    case Shape::exponential:
      return median / std::numbers::ln2;
    case Shape::gamma:
      return median / boost::math::gamma_p_inv(time.parameter, 0.5);
    case Shape::fixed:
    case Shape::lognormal:
      return median;
  }
  return median;
}

double unit_time(WaitingTime const& time, RandomKey const& key, PersonKey person, StreamId stream,
                 std::uint32_t count) {
  switch (time.shape) {
    case Shape::fixed:
      return 1;
    case Shape::lognormal:
      return portable_exp(time.parameter * standard_normal(key, person, stream, count));
    case Shape::exponential:
    case Shape::gamma:
      break;
  }
  auto const terms = static_cast<std::uint32_t>(time.shape == Shape::gamma ? time.parameter : 1);
  double sum = 0;
  for (std::uint32_t i = 0; i < terms; ++i) sum += unit_exponential(key, person, stream, count * terms + i);
  return sum;
}

}  // namespace

std::optional<WaitingTime> read_waiting_time(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, fmt::format("`{}` must be a map with a median", what), {},
                      fmt::format("{}: {{median: 2 months}}", what));
    return std::nullopt;
  }
  WaitingTime time;
  MapReader reader{value, fmt::format("`{}`", what), diagnostics};
  std::size_t const errors = diagnostics.error_count();
  if (Value const* median = reader.required("median")) {
    time.median = as_duration(*median, "median", diagnostics).value_or(Duration{1});
    if (time.median.minutes < 1) {
      diagnostics.error(median->place, fmt::format("a median of nothing for `{}`", what),
                        "times are whole minutes, at least one", fmt::format("leave `{}` out", what));
    }
  }
  if (Value const* interval = reader.optional("interval_95")) read_interval_of_median(*interval, time, diagnostics);
  if (Value const* shape = reader.optional("shape")) {
    auto const text = as_text(*shape, "shape", diagnostics);
    if (text && !read_shape(trimmed(*text), time)) {
      diagnostics.error(shape->place, fmt::format("`{}` is no shape of a time", *text),
                        "gamma(k) takes a whole k from 1 to 100, lognormal(s) an s from 0 to 5",
                        "exponential, fixed, gamma(2) or lognormal(0.8)");
    }
  }
  if (Value const* most = reader.optional("at_most")) {
    time.at_most = as_duration(*most, "at_most", diagnostics).value_or(unbounded);
    if (time.at_most < time.median) {
      diagnostics.error(
          most->place,
          fmt::format("`at_most` {} is shorter than the median {}", format(time.at_most), format(time.median)),
          "half of all times are longer than the median", "let `at_most` be the median or more");
    }
  }
  reader.finish();
  if (diagnostics.error_count() > errors) return std::nullopt;
  time.scale = scale_of(time);
  return time;
}

WaitingTime draw_median(WaitingTime const& time, std::uint32_t seed, std::uint32_t draw, StreamId stream) {
  WaitingTime drawn = time;
  if (!time.log_sd) return drawn;
  double const z = standard_normal(RandomKey{seed, draw, 0}, PersonKey{0}, stream, 0);
  drawn.scale *= time.factor * portable_exp(*time.log_sd * z);
  return drawn;
}

Duration draw_time(WaitingTime const& time, RandomKey const& key, PersonKey person, StreamId stream,
                   std::uint32_t count) {
  constexpr double longest = 0x1p52;
  double const minutes = std::min(time.scale * unit_time(time, key, person, stream, count), longest);
  Duration const drawn{std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(minutes)))};
  return std::min(drawn, time.at_most);
}

}  // namespace utvei
