// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace utvei {

/// One thing that a machine has or lacks.
struct Finding {
  enum class Status {
    there,
    lacking,  ///< something is the poorer for it
    failing,  ///< nothing can be run
  };
  std::string name;
  Status status{Status::there};
  std::string detail;
  std::string remedy;  ///< what to do, with the command; empty: nothing
};

Finding find_cores();
/// Physical memory, and how much of it is free to use.
Finding find_memory();
/// Room where results go.
Finding find_disk(std::string const& folder);
/// Whether results can be written there; a folder that is not there yet can be made.
Finding find_output_folder(std::string const& folder);
/// Programs and packages that read results or draw: graphviz, ncdump, Python's and R's readers.
std::vector<Finding> find_other_programs();

}  // namespace utvei
