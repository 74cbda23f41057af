// SPDX-License-Identifier: Apache-2.0
#include "support/csv.hpp"
#include "working_folder.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(Run, WritesAResultForEachScenarioAndSaysWhere) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"run", "baseline.yaml", "scenario.yaml", "--threads", "2", "--out", "deep/results"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, AllOf(StartsWith("baseline: 10,000 persons, 2025-01-01 to 2035-01-01"),
                                 HasSubstr(": deep/results/my_scenario.h5\n")));
  EXPECT_TRUE(std::filesystem::exists(folder / "deep/results/baseline.h5"));
  EXPECT_TRUE(std::filesystem::exists(folder / "deep/results/my_scenario.h5"));
}

TEST(Run, IsSilentWhenQuiet) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"run", "baseline.yaml", "--quiet"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out + outcome.err, IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(folder / "runs/baseline.h5"));
}

TEST(Run, ReportsInJson) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"run", "baseline.yaml", "--quiet", "--format", "json", "--set", "years=2"});
  auto const report = nlohmann::json::parse(outcome.out);
  ASSERT_EQ(report.size(), 1);
  EXPECT_EQ(report[0]["scenario"], "baseline");
  EXPECT_EQ(report[0]["file"], "runs/baseline.h5");
  EXPECT_EQ(report[0]["persons"], 10000);
}

TEST(Run, ShowsABarOnATerminalOnly) {
  WorkingFolder const folder;
  std::string const command = "utvei run baseline.yaml --set population.persons=100000 --set years=30";
  EXPECT_THAT(folder.shell(command).err, Not(HasSubstr("\r")));
  if (folder.shell("command -v script").exit_code != 0) GTEST_SKIP() << "no `script` (bsdutils) to make a terminal";
  auto const shown = folder.shell("TERM=xterm script -qec '" + command + "' /dev/null").out;
  EXPECT_THAT(shown, AllOf(HasSubstr("baseline ["), HasSubstr(" persons/s"), HasSubstr(" left")));
  EXPECT_THAT(folder.shell("TERM=xterm script -qec '" + command + " --quiet' /dev/null").out,
              Not(HasSubstr("persons/s")));
}

TEST(Run, BringsThoseWhoComeLaterAndMovesPeople) {
  WorkingFolder const folder;
  std::string const scenario = std::string{UTVEI_SOURCE_DIR} + "/scenarios/example/generations.yaml";
  auto const outcome = folder.run({"run", scenario, "--out", "runs"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  // 20,000 at the start, and 10 years of 2,000 who turn 16 and 165 who arrive.
  EXPECT_THAT(outcome.err, StartsWith("generations: 41,6"));
  auto const stock = folder.run({"export", "runs/generations.h5", "--table", "stock_by_year_age_group_sex_state"}).out;
  EXPECT_THAT(stock, Not(HasSubstr(",2034,16-19,female,school,0\n")));
  EXPECT_THAT(stock, HasSubstr(",2034,16-19,female,school,"));
}

TEST(Run, OffersMeasuresWithFewPlaces) {
  WorkingFolder const folder;
  std::string const scenario = std::string{UTVEI_SOURCE_DIR} + "/scenarios/example/measures.yaml";
  auto const outcome = folder.run({"run", scenario, "--out", "runs"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const rows = [&](std::string const& table) {
    return support::parse_csv(folder.run({"export", "runs/measures.h5", "--table", table}).out);
  };
  double waiting = 0;
  for (auto const& row : rows("queue_length"))
    if (row.at("measure") == "follow_up") waiting += support::number(row, "value");
  EXPECT_GT(waiting, 0);
  for (auto const& row : rows("in_measure")) {
    if (row.at("measure") != "follow_up") continue;
    int const year = std::stoi(row.at("year"));
    int const places = year < 2027 ? 0 : row.at("region") == "4203" ? 5 : year < 2030 ? 10 : 20;
    EXPECT_EQ(support::number(row, "value"), places) << row.at("region") << " " << year;
  }
}

TEST(Run, TwoScenariosOfOneNameAreAnError) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"run", "baseline.yaml", "baseline.yaml"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("`baseline`"));
  EXPECT_FALSE(std::filesystem::exists(folder / "runs"));
}

TEST(Run, NothingIsRunIfOneScenarioIsWrong) {
  WorkingFolder const folder;
  folder.write("wrong.yaml", "extends: baseline.yaml\nname: wrong\nyears: many\n");
  auto const outcome = folder.run({"run", "baseline.yaml", "wrong.yaml", "nowhere.yaml"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("wrong.yaml:3:8"), HasSubstr("nowhere.yaml")));
  EXPECT_FALSE(std::filesystem::exists(folder / "runs"));
}

TEST(Run, FindsAnUnwritableFolderBeforeTheWork) {
  WorkingFolder const folder;
  folder.write("runs", "a file");
  auto const outcome = folder.run({"run", "baseline.yaml", "--set", "population.persons=5000000"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("runs"));
}

TEST(Run, InterruptedEndsWith130AndLeavesNothing) {
  WorkingFolder const folder;
  support::RunningProgram program{{"run", "baseline.yaml", "--set", "population.persons=5000000"}, folder.path()};
  std::this_thread::sleep_for(std::chrono::milliseconds{500});
  program.signal(SIGINT);
  auto const outcome = program.wait();
  EXPECT_EQ(outcome.exit_code, 130);
  EXPECT_THAT(outcome.err, StartsWith("utvei: "));
  EXPECT_TRUE(!std::filesystem::exists(folder / "runs") || std::filesystem::is_empty(folder / "runs"));
}

TEST(Run, ThreadsChangeNoNumber) {
  WorkingFolder const folder;
  EXPECT_EQ(folder.run({"run", "scenario.yaml", "--quiet", "--threads", "1", "--out", "one"}).exit_code, 0);
  EXPECT_EQ(folder.run({"run", "scenario.yaml", "--quiet", "--threads", "3", "--out", "three"}).exit_code, 0);
  auto const one = folder.run({"export", "one/my_scenario.h5"});
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_EQ(one.out, folder.run({"export", "three/my_scenario.h5"}).out);
}

}  // namespace
}  // namespace utvei
