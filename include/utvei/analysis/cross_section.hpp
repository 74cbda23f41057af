// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/population.hpp>
#include <utvei/register/life_courses.hpp>

#include <cstddef>

namespace utvei {

/// The people of a register at a moment.
struct CrossSection {
  Population people;       ///< in the order of the register
  std::size_t unknown{0};  ///< left out: their region or a trait is not known then
  std::size_t entry_unknown{
      0};  ///< of the people: they were in the state before observation began, for longer than said
};

/// What is right after the moment. `window_end`: of the study. Traits that the register does not know at all stay
/// empty.
CrossSection cross_section(LifeCourses const& lives, Model const& model, Instant date, Instant window_end);

}  // namespace utvei
