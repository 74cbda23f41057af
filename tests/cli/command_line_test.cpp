// SPDX-License-Identifier: Apache-2.0
// What every command has in common: usage, help, version, exit codes.
#include "support/program.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using support::run_program;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::StartsWith;

std::vector<std::string> const commands{
    "new",     "check",  "register", "estimate", "backtest", "populate", "batch",  "calibrate", "validate", "run",
    "compare", "report", "studio",   "follow",   "graph",    "export",   "tables", "doctor",    "help"};

TEST(CommandLine, WithoutACommandShowsWhatThereIsOnStderr) {
  auto const outcome = run_program({});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  for (auto const& command : commands) EXPECT_THAT(outcome.err, HasSubstr("\n  " + command + " "));
}

TEST(CommandLine, HelpShowsAllCommands) {
  auto const outcome = run_program({"help"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, IsEmpty());
  for (auto const& command : commands) EXPECT_THAT(outcome.out, HasSubstr("\n  " + command + " "));
  EXPECT_EQ(run_program({"--help"}).out, outcome.out);
}

TEST(CommandLine, EveryCommandHasHelpThatEndsWithAnExample) {
  for (auto const& command : commands) {
    auto const outcome = run_program({"help", command});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("utvei " + command), HasSubstr("\nExample:\n  utvei ")));
    EXPECT_EQ(run_program({command, "--help"}).out, outcome.out);
    EXPECT_EQ(run_program({command, "-h"}).out, outcome.out);
  }
}

TEST(CommandLine, AnUnknownCommandIsPointedAtWithTheNearest) {
  auto const outcome = run_program({"--threads", "2", "comapre", "a.h5"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, AllOf(StartsWith("command line:1:19: error: unknown command `comapre`\n"),
                                 HasSubstr("^~~~~~~"), HasSubstr("did you mean `compare`?")));
}

TEST(CommandLine, AnUnknownOptionIsPointedAtWithTheNearest) {
  auto const outcome = run_program({"check", "--formt=json", "model.yaml"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("command line:1:13: error: unknown option `--formt`"),
                                 HasSubstr("did you mean `--format`?")));
}

TEST(CommandLine, ValuesOutOfRangeAreUsageErrors) {
  for (std::vector<std::string> const& words : {std::vector<std::string>{"check", "x", "--format", "xml"},
                                                {"check", "x", "--lang", "sv"},
                                                {"check", "x", "--threads", "0"},
                                                {"check"},
                                                {"new", "modell"},
                                                {"graph", "x", "--paths", "-1"},
                                                {"export", "x", "--table", "stock", "--life-courses"},
                                                {"estimate", "study.yaml"}}) {
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 2) << words.front();
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, AllOf(StartsWith("error: "), HasSubstr("see `utvei help " + words.front() + "`")));
  }
}

TEST(CommandLine, VersionTellsGitHashCompilerAndLibraries) {
  auto const outcome = run_program({"--version"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, MatchesRegex("utvei [0-9]+\\.[0-9]+\\.[0-9]+\ngit (unknown|[0-9a-f]{40}\\+?)\ncompiler .+"));
  for (std::string const library : {"HDF5", "yaml-cpp", "Boost", "OpenSSL", "fmt", "CLI11", "nlohmann-json"})
    EXPECT_THAT(outcome.out, HasSubstr("\n" + library + " "));
}

TEST(CommandLine, HelpAsJsonHasCommandsOptionsAndChoices) {
  auto const outcome = run_program({"help", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 0);
  auto const usage = nlohmann::json::parse(outcome.out);
  auto const named = [](nlohmann::json const& all, std::string const& key, nlohmann::json const& name) {
    return *std::ranges::find(all, name, [&](nlohmann::json const& each) { return each.at(key); });
  };
  for (auto const& command : commands) EXPECT_EQ(named(usage.at("commands"), "name", command).at("name"), command);
  auto const run = named(usage.at("commands"), "name", "run");
  EXPECT_TRUE(named(run.at("arguments"), "name", "SCENARIO").at("required"));
  EXPECT_EQ(named(run.at("options"), "names", {"--format"}).at("choices"), nlohmann::json({"text", "json"}));
  EXPECT_EQ(named(run.at("options"), "names", {"--out"}).at("value"), "FOLDER");
  EXPECT_TRUE(named(run.at("options"), "names", {"--inside"}).at("value").is_null());
  EXPECT_TRUE(named(run.at("options"), "names", {"--set"}).at("repeatable"));
  EXPECT_EQ(run.at("shared"), nlohmann::json({"--threads"}));
  EXPECT_EQ(run_program({"help", "run", "--format", "json"}).exit_code, 2);
  EXPECT_EQ(run_program({"help", "batch", "resume"}).out, run_program({"help", "batch"}).out);
}

TEST(CommandLine, AMissingFileOnTheCommandLineIsMissingData) {
  for (std::vector<std::string> const& words : {std::vector<std::string>{"check", "nowhere.yaml"},
                                                {"run", "nowhere.yaml"},
                                                {"compare", "a.h5", "b.h5"},
                                                {"export", "nowhere.h5"},
                                                {"graph", "nowhere.yaml"},
                                                {"estimate", "nowhere.yaml", "-o", "rates.h5"}}) {
    support::TempFolder const folder;
    auto const outcome = run_program(words, folder.path());
    EXPECT_EQ(outcome.exit_code, 4) << words.front() << ": " << outcome.err;
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << words.front();
  }
}

}  // namespace
}  // namespace utvei
