// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/scenario/scenario.hpp>

namespace utvei {

/// Whether two scenarios begin with the same people: the same model, start and population.
bool have_same_people(Scenario const& a, Scenario const& b);

}  // namespace utvei
