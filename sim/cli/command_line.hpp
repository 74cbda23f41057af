// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <functional>

namespace utvei {

/// Reads the words of the session, sets what all commands share, and gives back the command that was asked for.
/// Throws InputError (usage) with the place in the command line, and "did you mean" for commands and options.
std::function<int()> command_asked_for(Session& session);

}  // namespace utvei
