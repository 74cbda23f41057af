// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct NewArguments {
  std::string kind;    ///< model | scenario | study | population | persons | spells | margin
  std::string output;  ///< empty: standard output
  bool force{false};   ///< replace the file if it is there
};

/// Writes a commented template.
int new_command(NewArguments const& arguments, Session& session);

std::vector<std::string> names_of_templates();

}  // namespace utvei
