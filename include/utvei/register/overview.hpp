// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/register/life_courses.hpp>

#include <cstddef>
#include <string>

namespace utvei {

/// What to look at first in a register, for people: persons, spells, what became of the rows, person-years by year and
/// state, and changes of state by pair. `from` and `to`: the window. Without a calendar the person-years are not by
/// year.
std::string overview_text(LifeCourses const& lives, Model const& model, Instant from, Instant to,
                          std::size_t threads = 0);

}  // namespace utvei
