// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <utvei/results/result.hpp>

namespace utvei {

/// What the program knows of a run and the engine does not: version, git hash, command line, threads.
void add_program(Provenance& provenance, Session const& session);

}  // namespace utvei
