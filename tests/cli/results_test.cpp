// SPDX-License-Identifier: Apache-2.0
// What reads results: compare and export.
#include "support/csv.hpp"
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
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Results : public testing::Test {
 protected:
  void SetUp() override {
    auto const outcome =
        folder.run({"run", "baseline.yaml", "scenario.yaml", "--quiet", "--set", "life_courses={sample: 5}"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  WorkingFolder folder;
};

TEST_F(Results, AreComparedAsText) {
  auto const outcome = folder.run({"compare", "runs/baseline.h5", "runs/my_scenario.h5", "--lang", "en"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Work assessment allowance"));
}

/// Of a sample: numbers are of people, and the text says so.
TEST_F(Results, OfASampleAreOfPeople) {
  auto const heads = folder.run({"export", "runs/baseline.h5"});
  auto const runs =
      folder.run({"run", "baseline.yaml", "scenario.yaml", "--quiet", "--out", "weighted", "--set", "weight=100"});
  ASSERT_EQ(runs.exit_code, 0) << runs.err;
  auto const people = folder.run({"export", "weighted/baseline.h5"});
  auto const one = support::parse_csv(heads.out);
  auto const hundred = support::parse_csv(people.out);
  ASSERT_EQ(one.size(), hundred.size());
  std::size_t compared = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i].at("table") == "persons") continue;
    EXPECT_DOUBLE_EQ(std::stod(hundred[i].at("value")), 100 * std::stod(one[i].at("value"))) << i;
    ++compared;
  }
  EXPECT_GT(compared, 100U);
  auto const text = folder.run({"compare", "weighted/baseline.h5", "weighted/my_scenario.h5", "--lang", "en"});
  EXPECT_THAT(text.out, HasSubstr("each person who was simulated stands for 100"));
  auto const both = folder.run({"compare", "runs/baseline.h5", "weighted/my_scenario.h5"});
  EXPECT_EQ(both.exit_code, 4);
  EXPECT_THAT(both.err, HasSubstr("one person stands for 1 against 100"));
}

TEST_F(Results, AreComparedAsCsv) {
  auto const outcome = folder.run({"compare", "runs/baseline.h5", "runs/my_scenario.h5", "--format", "csv"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("scenario,measure_of,region,year,state,baseline,value,difference,mc_se,low_95,"
                                      "high_95,count_low_95,count_high_95,probability_better"));
  EXPECT_FALSE(support::parse_csv(outcome.out).empty());
}

TEST_F(Results, AreComparedAsJson) {
  auto const outcome = folder.run(
      {"compare", "runs/baseline.h5", "runs/my_scenario.h5", "--format", "json", "--of", "stock", "--by", "sex"});
  auto const comparison = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(comparison["baseline"], "baseline");
  EXPECT_FALSE(comparison["rows"].empty());
}

/// As `export` does.
TEST(ResultsOfARegister, AreComparedWithoutSmallNumbers) {
  WorkingFolder const folder;
  std::filesystem::copy(std::filesystem::path{demo_study()}.parent_path(), folder.path(),
                        std::filesystem::copy_options::overwrite_existing | std::filesystem::copy_options::recursive);
  auto const estimated =
      folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--inside", "--set", "data_class=register"});
  ASSERT_EQ(estimated.exit_code, 0) << estimated.err;
  auto const ran = folder.run({"run", "baseline.yaml", "granheim.yaml", "--quiet", "--set", "years=2"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  auto const small_ones = [&](std::vector<std::string> const& more) {
    std::vector<std::string> words{"compare", "runs/baseline.h5", "runs/granheim.h5", "--format", "csv"};
    words.insert(words.end(), more.begin(), more.end());
    auto const outcome = folder.run(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.err.find("of class register stay inside") == std::string::npos, !more.empty());
    std::size_t count = 0;
    for (auto const& row : support::parse_csv(outcome.out)) {
      for (std::string const column : {"baseline", "value"}) {
        double const number = std::stod(row.at(column));
        count += number > 0 && number < 5 ? 1U : 0U;
      }
    }
    return count;
  };
  EXPECT_EQ(small_ones({}), 0U);
  EXPECT_GT(small_ones({"--inside"}), 0U);
  EXPECT_EQ(folder.run({"compare", "runs/baseline.h5", "runs/granheim.h5"}).exit_code, 0);
}

/// A baseline needs no measures to be compared with.
TEST_F(Results, TellOfMeasures) {
  folder.write("service.yaml",
               "extends: baseline.yaml\nname: service\nmeasures:\n"
               "  - name: desk\n    label: {nb: Skranke, en: Help desk}\n    who: {state: aap}\n"
               "    places: {total: 3}\n    lasts: {median: 6 months}\n"
               "    effects: [{transition: aap -> work, hazard_ratio: 2}]\n"
               "    evidence: {source: none, confidence: L}\n");
  auto const runs = folder.run({"run", "service.yaml", "--quiet"});
  ASSERT_EQ(runs.exit_code, 0) << runs.err;
  auto const text = folder.run({"compare", "runs/baseline.h5", "runs/service.h5", "--lang", "en"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("Measures, "), HasSubstr("\nHelp desk  ")));
  EXPECT_THAT(text.out, AllOf(HasSubstr("limited places make people depend on each other"), Not(HasSubstr("()"))));
  auto const table = folder.run({"export", "runs/service.h5", "--table", "participants"});
  EXPECT_EQ(table.exit_code, 0) << table.err;
  auto const rows = support::parse_csv(table.out);
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows.front().at("measure"), "desk");
  EXPECT_GT(std::stod(rows.front().at("value")), 0);
}

TEST_F(Results, AreNotComparedWithDirectionsThatAreNone) {
  auto const outcome = folder.run({"compare", "runs/baseline.h5", "runs/my_scenario.h5", "--better", "aap=fewer"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--better NAME=more or --better NAME=less"));
}

TEST_F(Results, AreExportedTableByTable) {
  auto const one = folder.run({"export", "runs/baseline.h5", "--table", "person_years", "-o", "years.csv"});
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_THAT(one.out, IsEmpty());
  EXPECT_FALSE(support::read_csv(folder / "years.csv").empty());
  auto const unknown = folder.run({"export", "runs/baseline.h5", "--table", "person_year"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("no table `person_year`"), HasSubstr("did you mean `person_years`?")));
}

TEST_F(Results, AreExportedAltogether) {
  EXPECT_EQ(folder.run({"export", "runs/baseline.h5", "-o", "tables", "--quiet"}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder / "tables/person_years.csv"));
  EXPECT_TRUE(std::filesystem::exists(folder / "tables/life_courses.csv"));
  EXPECT_EQ(folder.run({"export", "runs/baseline.h5", "-o", "all.csv"}).exit_code, 0);
  EXPECT_EQ(support::read_file(folder / "all.csv"), folder.run({"export", "runs/baseline.h5"}).out);
}

TEST_F(Results, GiveLifeCourses) {
  auto const outcome = folder.run({"export", "runs/baseline.h5", "--life-courses"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, StartsWith("person,time,from,to,cause\n"));
}

TEST_F(Results, EndQuietlyWhenNobodyReadsOn) {
  for (std::string const what : {"", " --life-courses"}) {
    auto const outcome = folder.shell("(utvei export runs/baseline.h5" + what + "; echo \"exit $?\" >&2) | head -n 1");
    EXPECT_EQ(outcome.err, "exit 0\n") << what;
  }
}

TEST_F(Results, SayWhenStandardOutputIsFull) {
  for (std::string const what : {"", " --life-courses"}) {
    auto const outcome = folder.shell("utvei export runs/baseline.h5" + what + " > /dev/full");
    EXPECT_EQ(outcome.exit_code, 4) << what;
    EXPECT_THAT(outcome.err, HasSubstr("No space left on device")) << what;
  }
}

}  // namespace
}  // namespace utvei
