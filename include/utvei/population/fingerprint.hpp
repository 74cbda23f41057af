// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/population.hpp>

#include <string>

namespace utvei {

/// 16 hexadecimal digits that two populations share if they hold the same people: keys, and by name the state, region
/// and traits of each, and the times. The order of the people does not matter, nor do the threads; nor who joins later:
/// scenarios may differ in that.
std::string fingerprint(Population const& people, Model const& model, std::size_t threads);

}  // namespace utvei
