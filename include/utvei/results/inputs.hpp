// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace utvei {

/// A number that parameter draws of a run differ by, or that stands for several; or an effect that is taken as known.
struct UncertainInput {
  /// What it is of. An effect changes what people do: of a change, a measure or an unmet need.
  enum class Kind { rates, calibration, limit, effect, waiting_time, share, score, cost };
  /// On which its draws are near normal.
  enum class Scale { plain, log, logit };
  std::string name;  ///< the same in all scenarios that share its luck
  /// Of inputs that are drawn together, or that one study would tell of; independent of other groups.
  std::string group;
  Kind kind{Kind::rates};
  Scale scale{Scale::plain};
  bool is_assumed{false};       ///< an effect that is taken for granted: see AssumedEffect
  std::vector<double> by_draw;  ///< as many as the run has draws; an effect that is taken as known has one number
  friend bool operator==(UncertainInput const&, UncertainInput const&) = default;
};

}  // namespace utvei
