// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/run/prepare.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// What `check` says of needs that slow the way out: what that does to employment, beside the trial that found nothing.
/// Simulates the people of the scenario for some time, with and without.
std::vector<std::string> notes_of_needs(Prepared const& prepared, std::size_t threads);

}  // namespace utvei
