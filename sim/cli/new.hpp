// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct NewArguments {
  std::string kind;          ///< model | scenario | study | population | persons | spells | margin
  std::string municipality;  ///< its code: a folder in place of a kind
  std::string output;        ///< empty: standard output, or kommune_CODE
  bool force{false};         ///< replace the file if it is there
};

/// Writes a commented template, or the folder of a municipality.
int new_command(NewArguments const& arguments, Session& session);

std::vector<std::string> names_of_templates();

}  // namespace utvei
