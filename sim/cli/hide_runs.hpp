// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

/// What is hidden in one scenario of a run is hidden in all: the files of class register are written anew.
void hide_alike(std::vector<std::string> const& paths, Session& session);

}  // namespace utvei
