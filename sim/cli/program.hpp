// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

namespace utvei {

/// What the program's main() does: the command that the words of the session ask for. The one place where an error
/// becomes a message and an exit code.
int run_program(Session& session);

}  // namespace utvei
