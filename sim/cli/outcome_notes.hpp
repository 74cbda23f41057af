// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/scenario/scenario.hpp>

#include <string>
#include <vector>

namespace utvei {

/// What `check` says of scores: how far measurements can be trusted, and what their movements rest on.
std::vector<std::string> notes_of_scores(Scenario const& scenario);

}  // namespace utvei
