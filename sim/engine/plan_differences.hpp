// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "first_found.hpp"
#include "life.hpp"

#include <utvei/core/time.hpp>
#include <utvei/scenario/plan.hpp>

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace utvei {

/// Where lives under another plan may part from those under a first one: intensities, limits and ages that differ, and
/// services of either that come to know of somebody. Luck is common: until a life under the first plan comes to such a
/// place, it is the same under the other, minute by minute. Says rather too often than too seldom that it does. Refers
/// to the plans; each thread has one of its own.
class PlanDifferences {
 public:
  /// `contacts_count`: see FirstFound.
  PlanDifferences(RunPlan const& first, RunPlan const& other, bool contacts_count);
  /// A life begins.
  void begin() {
    for (FirstFound& services : services_) services.begin();
  }
  [[nodiscard]] bool may_be_met_in(StateId state) const { return may_be_met_[state.value()] != 0; }
  /// Whether the life, which is followed under the first plan and stays as it is until then, comes to one.
  [[nodiscard]] bool come_up(Life const& life, Instant until) {
    return may_be_met_in(life.state) && come_up_there(life, until);
  }

 private:
  /// A box that holds all cells of a state that differ for some people; empty where none does.
  struct Where {
    Span calendar{nowhere}, age{nowhere}, time_in_state{nowhere};
    void add(Span in_calendar, Span in_age, Span in_time);
    static constexpr Span nowhere{distant_future.minutes, distant_past.minutes};
  };
  [[nodiscard]] bool come_up_there(Life const& life, Instant until);
  [[nodiscard]] Where find(StateId state, std::uint32_t first_profile, std::uint32_t other_profile) const;
  void find_cells(StatePlan const& a, std::uint32_t a_profile, StatePlan const& b, std::uint32_t b_profile,
                  Where& where) const;
  [[nodiscard]] Where const& where(StateId state, Life const& life);

  RunPlan const* first_;
  RunPlan const* other_;
  bool are_everywhere_{false};            ///< the plans cannot be compared: any life may be another
  std::vector<std::uint8_t> may_be_met_;  ///< by StateId: by anybody
  std::vector<bool> may_differ_;          ///< by StateId: for some profiles
  std::array<FirstFound, 2> services_;    ///< of both plans
  std::vector<std::unordered_map<std::uint64_t, Where>> found_;  ///< by StateId, then both profiles
};

}  // namespace utvei
