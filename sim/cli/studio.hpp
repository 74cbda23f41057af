// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace utvei {

struct StudioArguments {
  std::string folder;
  std::string baseline, scenario;  ///< names of files in it; empty: as the studio chooses
  int port{0};                     ///< 0: any that is free
  std::optional<std::uint32_t> draws;
};

/// `utvei studio`: a page that runs scenarios.
int studio_command(StudioArguments const& arguments, Session& session);

}  // namespace utvei
