// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// People whom nothing but luck tells apart from `start` on: one profile and one birth. They may start in several
/// states, and for several lengths of time.
struct Cohort {
  std::uint32_t profile{0};
  Instant birth;  ///< any moment if nothing depends on age
  Instant start;  ///< when they come into the run: not before the plan's start, and not after its end
  struct Start {
    StateId state;
    Duration time_in_state;
    double people{0};  ///< a weight of 0 or more: need not be whole
    friend bool operator==(Start const&, Start const&) = default;
  };
  std::vector<Start> starts;
  friend bool operator==(Cohort const&, Cohort const&) = default;
};

/// The people of a plan, together where they move alike, in the order of profile, birth and start. `width`: people of
/// one profile whose births lie in the same stretch of this length have their mean birth, and those of them who join
/// the run in the same stretch do so at their mean moment; 0 keeps each moment.
std::vector<Cohort> group_people(RunPlan const& plan, Population const& people, Duration width = {});

}  // namespace utvei
