// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/scenario/uncertain_ratio.hpp>
#include <utvei/scenario/waiting_time.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace utvei {

/// How services find the needs of somebody, and meet them.
enum class WayOfWorking : std::uint8_t {
  one_after_another,  ///< the next need is found when the one before is met
  referral,           ///< all are found at once, and met in turn: each hand-over costs time
  together,           ///< all are found at once, and met at the same time
};
inline constexpr std::array<std::string_view, 3> way_names{"one_after_another", "referral", "together"};

/// What an unmet need multiplies intensities by.
struct Slowing {
  std::vector<TransitionId> transitions;
  UncertainRatio ratio;
  bool is_assumed{false};
  StreamId stream;
};

/// A need that people in contact with services may have. Help with it is a measure, to whom this belongs.
struct Need {
  std::vector<double> share;                                 ///< by StateId: of who is in contact there
  std::vector<std::optional<UncertainShare>> share_drawn{};  ///< by StateId: how well it is known; empty: well
  std::optional<WaitingTime> wait;                           ///< for the service, once the need is found
  std::vector<Slowing> slows;
  StreamId has, wait_time, wait_median;
  StreamId share_level{};  ///< for parameter draws of the shares, which err together
};

/// How services work together.
struct Coordination {
  WayOfWorking way{WayOfWorking::one_after_another};
  std::vector<bool> contact;                    ///< by StateId: where people are in contact with services
  std::array<WaitingTime, 3> assessment_after;  ///< by way, since the contact began
  std::optional<WaitingTime> hand_over;         ///< of referral: from one need met to the next one's request
  StreamId assessment, assessment_median, hand_over_median;
};

}  // namespace utvei
