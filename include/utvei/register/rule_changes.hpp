// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/register/life_courses.hpp>

#include <optional>

namespace utvei {

/// When a rule of the model (a limit on the time in the state, an age end) that leads where the spell went would have
/// ended it, if the spell ended less than a day from that moment: registers hold whole days. Such a change is the
/// rule's, not an event of a rate. nullopt: no rule ended the spell.
std::optional<Instant> rule_moment(LifeCourses const& lives, Model const& model, SpellId spell);

}  // namespace utvei
