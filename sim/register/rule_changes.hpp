// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/limits.hpp>

namespace utvei {

// Which changes are a rule's: they are not events of an intensity.

/// Whether the change at the end of a spell is that of the state's age end, to the day.
bool is_at_age_end(LifeCourses const& lives, Model const& model, SpellId spell, StateId next);

/// Whether it is that of a limit, to the day; or within the window of an estimated one, wherever it leads.
bool is_at_limit(LifeCourses const& lives, Model const& model, std::span<LimitWindow const> windows, SpellId spell,
                 StateId next);

}  // namespace utvei
