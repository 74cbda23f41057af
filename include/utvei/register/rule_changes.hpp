// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/limits.hpp>

#include <optional>
#include <span>

namespace utvei {

// Which changes are a rule's: they are not events of an intensity. Registers hold whole days, so a change less than a
// day from the moment of a rule is the rule's if that leads where the spell went.

/// Whether anybody goes there.
bool leads_to(Destinations const& destinations, StateId state);

/// Whether the change at the end of a spell is that of the state's age end.
bool is_at_age_end(LifeCourses const& lives, Model const& model, SpellId spell, StateId next);

/// When a rule of the model (a limit on the time in the state, an age end) would have ended the spell, if it did. What
/// lies within the window of a limit whose destinations are estimated is that limit's, wherever it leads. nullopt: no
/// rule ended the spell.
std::optional<Instant> rule_moment(LifeCourses const& lives, Model const& model, SpellId spell,
                                   std::span<LimitWindow const> windows = {});

}  // namespace utvei
