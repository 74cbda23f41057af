// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace utvei {

/// One person of a study of two arms.
struct FollowedUp {
  std::int64_t time{0};  ///< of the event, or until when they were followed
  bool has_event{false};
  bool is_treated{false};
};

/// The log-rank test of two arms, and Cox's hazard ratio of the treated with Breslow's approximation for ties (Cox
/// 1972; Breslow 1974), by Newton's method.
struct TwoSampleResult {
  double p_value{1};
  double log_hazard_ratio{0};  ///< not finite where one arm has no event
};
TwoSampleResult compare_survival(std::vector<FollowedUp> people);

}  // namespace utvei
