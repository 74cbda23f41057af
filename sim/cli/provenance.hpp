// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <utvei/results/result.hpp>

#include <string>
#include <vector>

namespace utvei {

/// Paths with the hash of what they hold, each once.
std::vector<InputFile> hashed(std::vector<std::string> const& paths);

/// What the program knows of a run and the engine does not: version, git hash, command line, threads.
void add_program(Provenance& provenance, Session const& session);

}  // namespace utvei
