// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/reader.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace utvei {

/// How long people wait for something, or something lasts: a distribution with a given median.
struct WaitingTime {
  enum class Shape { exponential, fixed, gamma, lognormal };
  Shape shape{Shape::exponential};
  Duration median;
  double parameter{1};          ///< k of a gamma, a whole number; the sd of the log of a lognormal
  Duration at_most{unbounded};  ///< longer times are cut off there
  double scale{0};              ///< minutes by which the shape's unit time is multiplied, so that the median is right
  /// How well the median is known: draws of it are log-normal, their median is `median` times this factor.
  std::optional<double> log_sd{};
  double factor{1};
};

/// `{median: 2 months, interval_95: [1 month, 4 months]}`, with `shape: fixed | gamma(k) | lognormal(s)` in place of an
/// exponential time, and `at_most`. Diagnoses what is wrong; nullopt then. `what` names the key in messages.
std::optional<WaitingTime> read_waiting_time(Value const& value, std::string_view what, Diagnostics& diagnostics);

/// The time of a parameter draw: its median is drawn, by the standard normal of (seed, draw, stream).
WaitingTime draw_median(WaitingTime const& time, std::uint32_t seed, std::uint32_t draw, StreamId stream);

/// A draw, whole minutes, at least one; `count`: which of the person's times of this stream. The same bits on every
/// CPU.
Duration draw_time(WaitingTime const& time, RandomKey const& key, PersonKey person, StreamId stream,
                   std::uint32_t count);

}  // namespace utvei
