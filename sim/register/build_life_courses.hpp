// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spell_rows.hpp"

#include <utvei/register/life_courses.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// Makes life courses of the rows of all sources, one person at a time. `parts`: as SpellReader::take().
void build_life_courses(Study const& study, std::vector<std::vector<SpellRow>> parts, LifeCourses& lives,
                        std::size_t threads, Diagnostics& diagnostics);

}  // namespace utvei
