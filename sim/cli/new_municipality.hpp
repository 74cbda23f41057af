// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>

namespace utvei {

/// Writes a folder with a scenario of one Norwegian municipality that runs from public tables: the model and rates of
/// scenarios/norway, how its people are made, mappings of the tables, and what to save (README.md, in bokmål). The
/// folder must not be there; it appears complete or not at all. An unknown code is a usage error.
int new_municipality(std::string const& code, std::string folder, Session& session);

}  // namespace utvei
