// SPDX-License-Identifier: Apache-2.0
#include "support/csv.hpp"
#include "working_folder.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(DiagnoseOption, DoesWhatEachOptionAsksFor) {
  WorkingFolder const folder;
  auto const both = folder.run({"estimate", demo_study(), "-o", "rates.h5", "--diagnose", "--quiet"});
  EXPECT_EQ(both.exit_code, 0) << both.err;
  EXPECT_THAT(both.out, AllOf(HasSubstr("observed against expected events"), HasSubstr("still in the same spell")));
  auto const files = folder.run({"estimate", demo_study(), "-o", "rates.h5", "--expected", "e.csv", "--quiet"});
  EXPECT_EQ(files.exit_code, 0) << files.err;
  EXPECT_THAT(files.out, Not(HasSubstr("observed against expected")));
  auto const expected = support::read_csv(folder / "e.csv");
  EXPECT_FALSE(expected.empty());
  bool has_sex = false;  // no term of the demo, but known
  for (auto const& row : expected) {
    has_sex = has_sex || row.at("term") == "sex";
    if (row.at("in_model") == "yes" && row.at("term") != "region") {
      EXPECT_EQ(row.at("z"), "");
    }
  }
  EXPECT_TRUE(has_sex);
  auto const later = folder.run({"estimate", demo_study(), "-o", "rates.h5", "--persistence", "p.csv", "--quiet"});
  EXPECT_EQ(later.exit_code, 0) << later.err;
  EXPECT_EQ(support::read_csv(folder / "p.csv").size() % 3, 0U);
  auto const json = nlohmann::json::parse(
      folder.run({"estimate", demo_study(), "-o", "rates.h5", "--diagnose", "--format", "json", "--quiet"}).out);
  EXPECT_FALSE(json.at("expected_events").empty());
  EXPECT_FALSE(json.at("persistence").empty());
}

}  // namespace
}  // namespace utvei
