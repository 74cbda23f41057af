// SPDX-License-Identifier: Apache-2.0
#include "support/csv.hpp"
#include "support/files.hpp"
#include "working_folder.hpp"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(BacktestCommand, OfTheDemoScoresEachWay) {
  WorkingFolder const folder;
  auto const outcome =
      folder.run({"backtest", demo_study(), "--split", "2020-01-01,2022-01-01", "--set", "backtest.draws=20",
                  "--scores", "scores.csv", "-o", "means.csv", "--format", "csv", "--threads", "2"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  auto const means = support::read_csv(folder / "means.csv");
  // Two splits with 5 and 3 years of 365.25 days, each with a line for all; then all splits together.
  EXPECT_EQ(means.size(), (6U + 4 + 1) * 4);
  for (auto const& row : means) EXPECT_EQ(row.at("failed"), "");
  auto const scores = support::read_csv(folder / "scores.csv");
  EXPECT_EQ(scores.size(), static_cast<std::size_t>(support::number(means.back(), "predictions")) * 4);
  EXPECT_EQ(scores.front().at("split"), "2020-01-01");
}

TEST(BacktestCommand, PrintsTextAndJson) {
  WorkingFolder const folder;
  std::vector<std::string> words{"backtest", demo_study(), "--split", "2022-01-01", "--set", "backtest.draws=20"};
  auto const text = folder.run(words);
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("split 2022-01-01: "), HasSubstr("no_change"), HasSubstr("people after 3")));
  words.insert(words.end(), {"--format", "json"});
  auto const json = nlohmann::json::parse(folder.run(words).out);
  EXPECT_EQ(json.at("total").size(), 4U);
  EXPECT_EQ(json.at("scores").size(), 16U);
  EXPECT_EQ(json.at("draws"), 20);
}

TEST(BacktestCommand, KeepsFilesOfARegisterInside) {
  WorkingFolder const folder;
  for (std::string const file : {"study.yaml", "persons.csv", "spells.csv"})
    ASSERT_EQ(folder.run({"new", file.substr(0, file.find('.')), "-o", file}).exit_code, 0);
  auto const outside = folder.run({"backtest", "study.yaml", "--split", "2022-01-01", "--scores", "s.csv"});
  EXPECT_EQ(outside.exit_code, 2);
  EXPECT_THAT(outside.err, AllOf(HasSubstr("s.csv"), HasSubstr("--inside")));
  EXPECT_FALSE(std::filesystem::exists(folder / "s.csv"));
}

}  // namespace
}  // namespace utvei
