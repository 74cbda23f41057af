// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/overview.hpp>

#include <string>

namespace utvei {

/// What `register --format json` prints; a count that is hidden is null.
std::string overview_json(RegisterOverview const& overview, Model const& model);

}  // namespace utvei
