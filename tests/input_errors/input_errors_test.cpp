// SPDX-License-Identifier: Apache-2.0
// Wrong input, declared in files. A case is a folder of cases/: its files are laid over those of good/, command.txt is
// run there as a shell script, and expected.txt holds the exit code and the exact messages.
// UTVEI_UPDATE_EXPECTED=1 writes expected.txt anew: read every line of it before it is kept.
#include "good_folder.hpp"
#include "support/files.hpp"
#include "support/program.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

class WrongInput : public testing::TestWithParam<std::string> {};

/// The script says `utvei run …`, as a user does.
std::string script_of(std::filesystem::path const& command) {
  auto const bin = std::filesystem::path{support::program_path()}.parent_path().string();
  return fmt::format("PATH='{}':$PATH\nset -e\n{}", bin, support::read_file(command));
}

TEST_P(WrongInput, HasItsExactMessage) {
  auto const wrong = input_errors_folder() / "cases" / GetParam();
  GoodFolder const folder;
  folder.lay_over(wrong);
  for (auto const* const part : {"command.txt", "expected.txt"}) std::filesystem::remove(folder / part);

  auto const script = script_of(wrong / "command.txt");
  auto const outcome = support::RunningProgram{{"-c", script}, folder.path(), "/bin/sh"}.wait();
  auto const actual = fmt::format("exit {}\n{}{}", outcome.exit_code, outcome.out, outcome.err);
  if (std::getenv("UTVEI_UPDATE_EXPECTED") != nullptr) support::write_file(wrong / "expected.txt", actual);
  EXPECT_EQ(actual, support::read_file(wrong / "expected.txt"));
  EXPECT_NE(outcome.exit_code, 0) << "a mistake was accepted";
  EXPECT_NE(outcome.exit_code, 1) << "a mistake was taken for a bug";
}

INSTANTIATE_TEST_SUITE_P(Cases, WrongInput, testing::ValuesIn(names_in(input_errors_folder() / "cases")),
                         [](auto const& each) { return each.param; });

TEST(GoodInput, HasNothingToMend) {
  GoodFolder const folder;
  auto const checked = support::run_program(
      {"check", "model.yaml", "baseline.yaml", "what_if.yaml", "study.yaml", "people.yaml"}, folder.path());
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  EXPECT_EQ(checked.err, "");
}

}  // namespace
}  // namespace utvei
