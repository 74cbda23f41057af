// SPDX-License-Identifier: Apache-2.0
// From a register to a run: where people go who come to a limit.
#include "support/csv.hpp"
#include "support/files.hpp"
#include "working_folder.hpp"

#include <cmath>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::HasSubstr;

/// Days from 1 January 2010, all of them in years of 365 days.
std::string moment(int days) {
  return std::to_string(days);
}

class EstimatedLimits : public testing::Test {
 protected:
  void SetUp() override {
    folder.write("regions.csv", "region;parent\n01;\n02;\n");
    folder.write("model.yaml", model_with("estimated", "rates: rates.h5"));
    folder.write("study.yaml",
                 "utvei: study/1\nname: limits\nmodel: model.yaml\ndata_class: synthetic\n"
                 "time: {unit: days, origin: 2010-01-01}\nwindow: {from: 0, to: 3650}\n"
                 "persons: {file: persons.csv, id: person, region: region}\n"
                 "sources: [{file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}]\n"
                 "estimate: {region: fixed, limits: {aap: {within: 10 days}}, before_limit: [40 days]}\n");
    folder.write("run.yaml",
                 "utvei: scenario/1\nname: limits\nmodel: model.yaml\nstart: 2025-01-01\nyears: 6\nseed: 3\n"
                 "population: {persons: 5000, state: aap, region: {\"01\": 1, \"02\": 1}}\n"
                 "breakdowns: [[region, year, state]]\n");
    std::string persons = "person;region\n";
    std::string spells = "person;start;stop;state\n";
    for (int i = 0; i < 400; ++i) {
      bool const north = i % 2 == 0;
      int const begin = 300 + i;
      bool const early = i % 5 == 0;
      bool const stays = i % 7 == 0;
      int const length = early ? 400 : stays ? 1400 : 1096 + i % 9 - 4;
      bool const to_work = early || stays || (i % 3 == 0) == north;
      persons += fmt::format("{};{}\n", i, north ? "01" : "02");
      spells += fmt::format("{};0;{};work\n{};{};{};aap\n{};{};;{}\n", i, moment(begin), i, moment(begin),
                            moment(begin + length), i, moment(begin + length), to_work ? "work" : "disability");
    }
    folder.write("persons.csv", persons);
    folder.write("spells.csv", spells);
  }

  static std::string model_with(std::string const& to, std::string const& rates) {
    return "utvei: model/1\nname: limits\nregions: regions.csv\nstates:\n  work: {}\n  aap: {limit: {after: 3 years, "
           "to: " +
           to +
           "}}\n  disability: {absorbing: true}\ntransitions:\n  - {from: work, to: aap}\n  - {from: aap, to: work}\n" +
           rates + "\n";
  }

  [[nodiscard]] support::Outcome estimate() const {
    return folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--limits", "limits.csv"});
  }
  WorkingFolder folder;
};

TEST_F(EstimatedLimits, AreWrittenByRegionAndDestination) {
  auto const outcome = estimate();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("aap after 3 years: 320 reached it, within 10 days: work "));
  std::map<std::string, double> sums;
  for (auto const& row : support::read_csv(folder / "limits.csv")) {
    EXPECT_EQ(row.at("state"), "aap");
    sums[row.at("region")] += support::number(row, "share");
    EXPECT_LE(support::number(row, "low_95"), support::number(row, "share"));
    EXPECT_GE(support::number(row, "high_95"), support::number(row, "share"));
    EXPECT_NEAR(support::number(row, "share_raw"), support::number(row, "left_to") / support::number(row, "reached"),
                1e-12);
  }
  ASSERT_EQ(sums.size(), 2U);
  for (auto const& [region, sum] : sums) EXPECT_NEAR(sum, 1, 1e-12) << region;
}

TEST_F(EstimatedLimits, MoveWhoComesToThemInARun) {
  ASSERT_EQ(estimate().exit_code, 0);
  auto const checked = folder.run({"check", "model.yaml", "run.yaml"});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  auto const ran = folder.run({"run", "run.yaml", "--out", "runs", "--set", "draws=2"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  auto const graph = folder.run({"graph", "model.yaml", "--format", "json"});
  EXPECT_THAT(graph.out, HasSubstr("\"kind\": \"limit\""));
}

TEST_F(EstimatedLimits, AreExportedAsATableThatAModelReads) {
  ASSERT_EQ(estimate().exit_code, 0);
  ASSERT_EQ(folder.run({"run", "run.yaml", "--out", "runs", "--quiet"}).exit_code, 0);
  auto const exported = folder.run({"export", "rates.h5", "--limit", "aap", "-o", "aap.csv"});
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
  folder.write("model.yaml", model_with("aap.csv", "rates: rates.h5"));
  auto const checked = folder.run({"check", "model.yaml", "run.yaml"});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  ASSERT_EQ(folder.run({"run", "run.yaml", "--out", "tables", "--quiet"}).exit_code, 0);
  auto const rows = [&](std::string const& result) {
    return support::parse_csv(folder.run({"export", result, "--table", "person_years"}).out);
  };
  auto const by_file = rows("runs/limits.h5");
  auto const by_table = rows("tables/limits.h5");
  ASSERT_EQ(by_file.size(), by_table.size());
  for (std::size_t i = 0; i < by_file.size(); ++i) {
    EXPECT_NEAR(support::number(by_file[i], "value"), support::number(by_table[i], "value"), 1);
  }
}

TEST_F(EstimatedLimits, AreEstimatedAgainFromASimulatedRegister) {
  ASSERT_EQ(estimate().exit_code, 0);
  ASSERT_EQ(folder.run({"run", "run.yaml", "--out", "runs", "--quiet", "--set", "life_courses=all"}).exit_code, 0);
  auto const exported = folder.run({"export", "runs/limits.h5", "--as", "register", "-o", "made"});
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  EXPECT_THAT(support::read_file(folder / "made/study.yaml"), HasSubstr("  limits: [\"aap\"]\n"));
  auto const again = folder.run({"estimate", "made/study.yaml", "-o", "again.h5", "--limits", "again.csv"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(support::read_csv(folder / "again.csv").size(), support::read_csv(folder / "limits.csv").size());
}

TEST_F(EstimatedLimits, AreLeftOutOfAPictureThatDoesNotKnowThem) {
  folder.write("model.yaml", model_with("estimated", ""));
  auto const graph = folder.run({"graph", "model.yaml", "--format", "dot"});
  EXPECT_EQ(graph.exit_code, 0) << graph.err;
  EXPECT_THAT(graph.err, HasSubstr("where the limit of `aap` leads is not known, and is left out"));
}

}  // namespace
}  // namespace utvei
