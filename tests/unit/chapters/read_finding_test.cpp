// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"

#include <utvei/chapters/findings.hpp>

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;

struct ReadFinding {
  CommandFinding finding;
  Diagnostics diagnostics;
  [[nodiscard]] std::string first_problem() const {
    return diagnostics.all().empty() ? std::string{} : diagnostics.all().front().problem;
  }
};

ReadFinding read_text(std::string const& text) {
  support::TempFolder const folder;
  ReadFinding read;
  read.finding = read_finding(folder.write("finding.json", text), read.diagnostics);
  return read;
}

TEST(ReadFinding, APublishedFigureHasItsDayRegionAndUnit) {
  auto const read = read_text(R"({"utvei": "validation/1", "data_class": "open", "calibration": "c", "draws": 20,
    "figures": [{"name": "n:03", "note": "Nye", "region": "03", "unit": "per_1000", "from": "2022-12-01", "at": "2024-12-01",
                 "year": 2023, "use": "validate", "published": 6.7, "published_low": 6.7, "published_high": 6.7, "model": 7,
                 "low_90": 6, "high_90": 8, "within": true, "unverified": false, "source": "NAV"}]})");
  ASSERT_FALSE(read.diagnostics.has_errors()) << read.first_problem();
  auto const& figure = read.finding.validation->figures.front();
  EXPECT_EQ(figure.region, "03");
  EXPECT_EQ(figure.unit, "per_1000");
  EXPECT_EQ(figure.from + "/" + figure.at, "2022-12-01/2024-12-01");
  EXPECT_EQ(figure.year, 2023);
}

TEST(ReadFinding, ALifeLine) {
  auto const read = read_text(
      R"({"utvei": "lifeline/1", "data_class": "synthetic", "name": "anne", "end": "2030-01-01", "labels": {"debt": {"nb": "gjeld"}},
    "ways": [{"way": "together", "lives": 10, "events": [{"time": "2025-01-01", "kind": "state", "state": "school"}],
              "months": {"to_all_met": {"mean": 5.5, "half_width_95": 0.5}, "waiting": null}}]})");
  ASSERT_FALSE(read.diagnostics.has_errors()) << read.first_problem();
  ASSERT_TRUE(read.finding.lifeline);
  EXPECT_EQ(read.finding.lifeline->ways.front().events.front().state, "school");
  EXPECT_EQ(read.finding.lifeline->labels.at("debt").at("nb"), "gjeld");
  EXPECT_EQ(read.finding.lifeline->ways.front().months.front().second.first, 5.5);
  EXPECT_TRUE(read.finding.is_cleared);
}

TEST(ReadFinding, OfARegisterIsClearedWhereItWasHeldBack) {
  std::string const rest = R"("study": "s", "outcomes": []})";
  EXPECT_TRUE(
      read_text(R"({"utvei": "expected/1", "data_class": "register", "held_back": true, )" + rest).finding.is_cleared);
  EXPECT_FALSE(
      read_text(R"({"utvei": "expected/1", "data_class": "register", "held_back": false, )" + rest).finding.is_cleared);
}

TEST(ReadFinding, AnotherVersionIsRefused) {
  EXPECT_THAT(read_text(R"({"utvei": "validation/2"})").first_problem(),
              HasSubstr("`validation/2` is of another version"));
}

TEST(ReadFinding, AnotherFileIsRefused) {
  EXPECT_THAT(read_text(R"({"utvei": "model/1"})").first_problem(), HasSubstr("a report has no use for `model/1`"));
  EXPECT_THAT(read_text("{}").first_problem(), HasSubstr("does not say what it is"));
}

TEST(ReadFinding, WhatIsMissingIsTold) {
  auto const read = read_text(R"({"utvei": "validation/1", "data_class": "open", "calibration": "c", "draws": 20,
    "figures": [{"name": "n", "use": "calibrate"}]})");
  EXPECT_TRUE(read.diagnostics.has_errors());
  EXPECT_THAT(read.first_problem(), HasSubstr("unit"));
}

TEST(ReadFinding, AFileThatIsNotThereIsTold) {
  Diagnostics diagnostics;
  read_finding("nowhere.json", diagnostics);
  EXPECT_TRUE(diagnostics.has_errors());
}

}  // namespace
}  // namespace utvei
