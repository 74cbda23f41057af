// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

struct ValidateArguments {
  std::string file;                    ///< a calibration, or a folder
  std::optional<std::uint32_t> draws;  ///< none: those of the scenario
  std::string output;                  ///< empty: standard output
  std::vector<std::string> overrides;  ///< of --set
  std::string format{"text"};          ///< text | markdown | csv | json
  bool inside{false};
};

/// Lays a scenario beside published figures.
int validate_command(ValidateArguments const& arguments, Session& session);

}  // namespace utvei
