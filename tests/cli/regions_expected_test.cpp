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
using testing::Not;
using testing::StartsWith;

TEST(RegionsExpected, PrintsTheTableOfTheContract) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"regions", demo_study(), "--expected", "--format", "csv"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              StartsWith("region,outcome,observed,expected,ratio,low_95,high_95,funnel_low_95,funnel_high_95,flag\n"
                         "9901,outside -> work + education,1167,"));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr(",better\n"), HasSubstr(",worse\n")));
}

TEST(RegionsExpected, SaysWhatItIsNot) {
  WorkingFolder const folder;
  std::vector<std::string> words{"regions", demo_study(), "--expected", "--years", "2015,2020"};
  auto const text = folder.run(words);
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("ikke et mål på hvor godt kontoret arbeider"), HasSubstr("Granheim (9902)"),
                              HasSubstr("Fra [2015,2020) til [2020,)"), HasSubstr("Regel: ")));
  words.insert(words.end(), {"--lang", "en"});
  EXPECT_THAT(folder.run(words).out, HasSubstr("not a measure of how well an office works"));
}

TEST(RegionsExpected, WritesDetailsTrendAndJson) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"regions", demo_study(), "--expected", "--outcome", "outside -> work,work -> *",
                                   "--years", "2015,2018,2021", "--better", "more", "--details", "details.csv",
                                   "--trend", "trend.csv", "--format", "json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json.at("outcomes").size(), 2U);
  double observed = 0;
  double expected = 0;
  for (auto const& region : json["outcomes"][0]["regions"]) {
    observed += region.at("observed").get<double>();
    expected += region.at("expected").get<double>();
  }
  EXPECT_NEAR(observed, expected, 1e-6 * observed);
  EXPECT_EQ(support::read_csv(folder / "details.csv").size(), 2U * 3);
  EXPECT_EQ(support::read_csv(folder / "trend.csv").size(), 2U * 3 * 3);
}

TEST(RegionsExpected, HasTheSameBytesForAnyNumberOfThreads) {
  WorkingFolder const folder;
  auto const one = folder.run({"regions", demo_study(), "--expected", "--format", "json", "--threads", "1"});
  auto const two = folder.run({"regions", demo_study(), "--expected", "--format", "json", "--threads", "2"});
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_EQ(one.out, two.out);
}

/// Twelve people in one region and many in two others: the small one has no numbers, and is not hidden alone.
TEST(RegionsExpected, HidesSmallRegionsOfARegister) {
  WorkingFolder const folder;
  std::string persons = "person,region\n";
  std::string spells = "person,start,stop,state\n";
  for (int person = 0; person < 600; ++person) {
    auto const id = std::to_string(person);
    persons += id + "," + (person < 12 ? "r1" : person % 2 == 0 ? "r2" : "r3") + "\n";
    auto const month = std::to_string(1 + person % 9);
    spells += id + ",2020-01-01,2020-0" + month + "-15,aap\n" + id + ",2020-0" + month + "-15,,work\n";
  }
  folder.write("persons.csv", persons);
  folder.write("spells.csv", spells);
  folder.write("regions.csv", "region;parent;level;name_nb\nr1;;area;r1\nr2;;area;r2\nr3;;area;r3\n");
  folder.write(
      "two.yaml",
      "utvei: model/1\nname: two\nregions: regions.csv\nstates:\n  work: {group: work}\n  aap: {group: outside}\n"
      "transitions:\n  - {from: aap, to: work}\n  - {from: work, to: aap}\n");
  folder.write("study.yaml",
               "utvei: study/1\nname: small\nmodel: two.yaml\ndata_class: register\n"
               "window: {from: 2020-01-01, to: 2022-01-01}\npersons: {file: persons.csv, id: person, region: region}\n"
               "sources:\n  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}\n");
  std::vector<std::string> words{"regions", "study.yaml", "--expected", "--format", "csv", "--details", "d.csv"};
  auto const outside = folder.run(words);
  EXPECT_EQ(outside.exit_code, 0) << outside.err;
  EXPECT_THAT(outside.out, HasSubstr("r1,outside -> work,:,:,:,:,:,:,:,hidden\n"));
  EXPECT_THAT(outside.out, Not(HasSubstr("r1,outside -> work,12")));
  std::size_t hidden = 0;
  for (auto const& row : support::read_csv(folder / "d.csv")) hidden += row.at("flag") == "hidden" ? 1U : 0U;
  EXPECT_EQ(hidden, 2U);
  EXPECT_EQ(std::filesystem::status(folder / "d.csv").permissions(), std::filesystem::perms{0600});
  words.insert(words.end(), {"--inside"});
  EXPECT_THAT(folder.run(words).out, HasSubstr("r1,outside -> work,12,"));
}

}  // namespace
}  // namespace utvei
