// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/program.hpp"

#include <string>
#include <vector>

namespace utvei {

inline std::string demo_study() {
  return std::string{UTVEI_SOURCE_DIR} + "/scenarios/demo/study.yaml";
}

/// A fresh folder with the files that `utvei new` writes, and a baseline beside the scenario.
class WorkingFolder : public support::TempFolder {
 public:
  WorkingFolder() {
    support::run_program({"new", "model", "-o", "model.yaml"}, path());
    support::run_program({"new", "scenario", "-o", "scenario.yaml"}, path());
    write("baseline.yaml", "extends: scenario.yaml\nname: baseline\nchanges: []\n");
  }
  [[nodiscard]] support::Outcome run(std::vector<std::string> words) const {
    return support::run_program(std::move(words), path());
  }
  /// A command line of a shell.
  [[nodiscard]] support::Outcome shell(std::string const& script) const {
    auto const bin = std::filesystem::path{support::program_path()}.parent_path().string();
    return support::RunningProgram{{"-c", "PATH='" + bin + "':$PATH\n" + script}, path(), "/bin/sh"}.wait();
  }
};

}  // namespace utvei
