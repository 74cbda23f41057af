// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/life_courses.hpp>

#include <cstdint>
#include <optional>

namespace utvei {

// What a register knows of a person at a moment.

RegionId region_at(RegisterPersons const& persons, PersonRow person, Instant moment);
std::uint16_t level_at(RegisterPersons const& persons, TraitId trait, PersonRow person, Instant moment);

struct StayThen {
  StateId state;
  Instant entered;
  bool entry_known{true};
};
/// Where somebody is right after a moment; none: not seen then. At the very end of the window: what came next, if that
/// is known.
std::optional<StayThen> stay_at(LifeCourses const& lives, PersonRow person, Instant moment, Instant window_end);

}  // namespace utvei
