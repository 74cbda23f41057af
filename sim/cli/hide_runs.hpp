// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <utvei/results/result.hpp>

#include <string>
#include <vector>

namespace utvei {

/// Decides what of a result of class register stays inside, before it is saved.
void hide_in_result(RunResult& result);

/// What is hidden in one scenario of a run is hidden in all: the files of class register are written anew.
void hide_alike(std::vector<std::string> const& paths, Session& session);

}  // namespace utvei
