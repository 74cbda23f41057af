// SPDX-License-Identifier: Apache-2.0
// A run that adds draws or replicates until an outcome is known well enough.
#include "working_folder.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::HasSubstr;

class PreciseRun : public testing::Test {
 protected:
  [[nodiscard]] nlohmann::json run(std::vector<std::string> words) const {
    words.insert(words.begin(), {"run", "--format", "json", "--set", "years=3", "--set", "population.persons=2000"});
    auto const outcome = folder.run(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    said = outcome.err;
    return nlohmann::json::parse(outcome.out);
  }
  [[nodiscard]] std::string numbers(std::string const& result) const {
    return folder.run({"export", result, "--table", "person_years"}).out;
  }
  WorkingFolder folder;
  mutable std::string said;
};

std::string precision_of(std::string const& half_width, std::string const& more) {
  return "precision={outcome: {of: person_years, state: work}, half_width: " + half_width + more + "}";
}

TEST_F(PreciseRun, AddsReplicatesUntilItKnowsEnough) {
  auto const report = run({"baseline.yaml", "--set", precision_of("12", ""), "--out", "a", "--threads", "2"});
  auto const& precision = report.at(0).at("precision");
  EXPECT_EQ(precision.at("stopped"), "met");
  EXPECT_EQ(precision.at("of"), "value");
  EXPECT_LE(precision.at("reached").get<double>(), 12);
  int const replicates = precision.at("replicates").get<int>();
  EXPECT_GT(replicates, 1);
  EXPECT_THAT(said, HasSubstr("stopped, within ± 12"));
  // It is the run that says so many.
  run({"baseline.yaml", "--set", "replicates=" + std::to_string(replicates), "--out", "b", "--threads", "1"});
  EXPECT_EQ(numbers("a/baseline.h5"), numbers("b/baseline.h5"));
}

TEST_F(PreciseRun, IsOfTheDifferenceOfScenarios) {
  auto const report =
      run({"baseline.yaml", "scenario.yaml", "--set", precision_of("0.5", ", most_replicates: 3"), "--out", "a"});
  ASSERT_EQ(report.size(), 2U);
  for (auto const& each : report) {
    EXPECT_EQ(each.at("precision").at("of"), "difference");
    EXPECT_EQ(each.at("precision").at("stopped"), "ceiling");
    EXPECT_EQ(each.at("precision").at("replicates"), 3);
  }
  EXPECT_THAT(said, HasSubstr("stopped at most_replicates"));
  auto const compared = folder.run(
      {"compare", "a/baseline.h5", "a/my_scenario.h5", "--format", "json", "--rank", "person_years,state=work"});
  ASSERT_EQ(compared.exit_code, 0) << compared.err;
  auto const json = nlohmann::json::parse(compared.out);
  EXPECT_EQ(json.at("precision").at("baseline").at("stopped"), "ceiling");
  EXPECT_EQ(json.at("rankings").at(0).at("scenarios").size(), 2U);
}

TEST_F(PreciseRun, AddsDrawsWhereThereAreSome) {
  auto const report =
      run({"baseline.yaml", "--set", "draws=5", "--set", precision_of("1", ", most_draws: 30"), "--out", "a"});
  auto const& precision = report.at(0).at("precision");
  EXPECT_EQ(precision.at("draws"), 30);
  EXPECT_EQ(precision.at("rounds"), 2) << "20 draws, then as many as there may be";
}

}  // namespace
}  // namespace utvei
