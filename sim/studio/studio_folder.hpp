// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "levers.hpp"

#include <utvei/document/value.hpp>

#include <string>
#include <vector>

namespace utvei {

/// A scenario file of the folder that a studio serves.
struct StudioFile {
  std::string path;  ///< absolute
  std::string file;  ///< its name in the folder
  std::string name;  ///< of the scenario
  Value document;    ///< with what it extends
  std::vector<StudioLever> levers{};
  std::vector<std::string> inputs{};  ///< files that were read for it
};

struct StudioFolder {
  std::string folder;  ///< absolute
  StudioFile baseline;
  std::vector<StudioFile> scenarios;  ///< of the same people as the baseline, by name of file
  std::size_t chosen{0};              ///< which of them is run first
  PeopleLoader load{};                ///< reads each file of people once
};

/// The scenario files of a folder. Files of other kinds are passed over; scenarios that cannot be read, or that cannot
/// be compared with the baseline, are left out with a warning. `baseline`, `scenario`: names of files; empty:
/// baseline.yaml, and the first that has levers. Throws InputError.
StudioFolder read_studio_folder(std::string const& folder, std::string const& baseline, std::string const& scenario,
                                Diagnostics& diagnostics);

}  // namespace utvei
