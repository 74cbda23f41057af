// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/document/reader.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace utvei {

/// A hazard ratio, and how well it is known.
struct UncertainRatio {
  double mean{1};                ///< with `draws: 0`: the number, or `mean`
  double median{1};              ///< of the log-normal that the draws follow, sqrt(lo hi); where log_sd is given
  std::optional<double> log_sd;  ///< of the log ratio, from interval_95; none: it is the same in every draw
};

/// `1.3`, or `{mean: 1.3, interval_95: [1.1, 1.6]}`: the interval fixes the log-normal, and the mean lies inside.
UncertainRatio read_uncertain_ratio(Value const& value, Diagnostics& diagnostics);

/// The ratio of a parameter draw: median exp(log_sd z), z being the standard normal of (seed, draw, stream).
double draw_ratio(UncertainRatio const& ratio, std::uint32_t seed, std::uint32_t draw, StreamId stream);

/// A share that is not known well: its logit is normal over parameter draws.
struct UncertainShare {
  double logit{0};
  double sd{0};
};

/// A share: `0.7`, or `{mean: 0.7, interval_95: [0.5, 0.85]}`, which gives `drawn`. `what` names it in messages.
double read_uncertain_share(Value const& value, std::string_view what, std::optional<UncertainShare>& drawn,
                            Diagnostics& diagnostics);

/// The share of a parameter draw, by the standard normal of (seed, draw, stream).
double draw_share(UncertainShare const& share, std::uint32_t seed, std::uint32_t draw, StreamId stream);

/// A number of either sign that may not be known well: normal over parameter draws.
struct UncertainNumber {
  double mean{0};              ///< with `draws: 0`
  double middle{0};            ///< of the interval; where sd is given
  std::optional<double> sd{};  ///< none: it is the same in every draw
};

/// `4`, or `{mean: 4, interval_95: [1, 7]}`; the mean lies inside. `what` names it in messages.
UncertainNumber read_uncertain_number(Value const& value, std::string_view what, Diagnostics& diagnostics);

/// The number of a parameter draw, by the standard normal of (seed, draw, stream).
double draw_number(UncertainNumber const& number, std::uint32_t seed, std::uint32_t draw, StreamId stream);

}  // namespace utvei
