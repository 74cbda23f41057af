// SPDX-License-Identifier: Apache-2.0
// Every help text ends with an example; each runs as it stands, beside the folder scenarios/.
#include "working_folder.hpp"

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

/// The command lines under "Example:".
std::vector<std::string> examples_of(std::string const& help) {
  std::istringstream lines{help.substr(help.rfind("\nExample:\n") + 1)};
  std::vector<std::string> examples;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  utvei ")) examples.push_back(line.substr(2));
  }
  return examples;
}

class HelpExample : public testing::TestWithParam<std::string> {};

TEST_P(HelpExample, Runs) {
  auto const help = support::run_program({"help", GetParam()}).out;
  auto const examples = examples_of(help);
  ASSERT_FALSE(examples.empty()) << help;
  support::TempFolder const folder;
  std::filesystem::copy(std::filesystem::path{UTVEI_SOURCE_DIR} / "scenarios", folder / "scenarios",
                        std::filesystem::copy_options::recursive);
  auto const bin = std::filesystem::path{support::program_path()}.parent_path().string();
  for (auto const& example : examples) {
    auto const outcome =
        support::RunningProgram{{"-c", "PATH='" + bin + "':$PATH\n" + example}, folder.path(), "/bin/sh"}.wait();
    EXPECT_EQ(outcome.exit_code, 0) << example << "\n" << outcome.err;
  }
}

INSTANTIATE_TEST_SUITE_P(Commands, HelpExample,
                         testing::Values("new", "check", "register", "estimate", "populate", "calibrate", "validate",
                                         "run", "batch", "compare", "graph", "export", "tables", "doctor", "help"),
                         [](auto const& command) { return command.param; });

}  // namespace
}  // namespace utvei
