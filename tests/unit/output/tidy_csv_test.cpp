// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"
#include "small_result.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/export_folder.hpp>
#include <utvei/output/tidy_csv.hpp>

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(TidyCsv, HasALineForEachCell) {
  auto const small = test::small_result();
  std::ostringstream out;
  write_tidy_csv(Release{small, Audience::outside, "nb"}, {}, out);
  auto const text = out.str();
  EXPECT_THAT(text, StartsWith("table,draw,region,year,state,transition,sex,value\n"
                               "persons,0,,,,,,1\n"
                               "person_years,0,0301,2025,school,,,0\n"
                               "person_years,0,0301,2025,work,,,0.25\n"));
  EXPECT_THAT(text, HasSubstr("\ntransitions,0,4204,,,work -> aap,,4\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 1 + 1 + 18 + 12 + 4 + 6);
}

TEST(TidyCsv, TakesATableOrAQuantity) {
  auto const small = test::small_result();
  std::ostringstream one;
  write_tidy_csv(Release{small, Audience::outside, "nb"}, {"person_years_by_sex_state"}, one);
  EXPECT_THAT(one.str(), StartsWith("table,draw,sex,state,value\nperson_years_by_sex_state,0,female,school,0\n"));
  std::ostringstream first;
  write_tidy_csv(Release{small, Audience::outside, "nb"}, {"person_years"}, first);
  EXPECT_THAT(first.str(), StartsWith("table,draw,region,year,state,value\n"));
}

TEST(TidyCsv, WritesLifeCoursesWithDates) {
  std::ostringstream out;
  write_life_courses_csv(test::small_result(), out);
  EXPECT_EQ(out.str(),
            "person,time,from,to,cause\n"
            "1,2024-12-31 04:40,school,school,start\n"
            "1,2025-02-19 21:19,school,work,transition\n"
            "7,2024-12-31 04:40,work,work,start\n");
  auto none = test::small_result();
  none.life_courses.reset();
  EXPECT_THROW(write_life_courses_csv(none, out), InputError);
}

TEST(TidyCsv, PutsMovesAndChangesOfTraitsBetweenTheEvents) {
  auto result = test::small_result();
  result.life_courses->changes = {
      {1, 1, 7}, {28'927'001, 28'999'999, 28'927'000}, {0, 1, 0}, {0, 0, 1}, {"region", "sex"}};
  std::ostringstream out;
  write_life_courses_csv(result, out);
  EXPECT_EQ(out.str(),
            "person,time,from,to,cause\n"
            "1,2024-12-31 04:40,school,school,start\n"
            "1,2024-12-31 04:41,4204,0301,region\n"
            "1,2025-02-19 21:19,male,female,sex\n"
            "1,2025-02-19 21:19,school,work,transition\n"
            "7,2024-12-31 04:40,0301,4204,region\n"
            "7,2024-12-31 04:40,work,work,start\n");
}

TEST(TidyCsv, LeavesSmallNumbersOfARegisterEmpty) {
  auto result = test::small_result();
  result.provenance.data_class = "register";
  Table table = test::counts("stock", {{"state", {"a", "b", "c", "d"}}});
  table.values = std::vector<std::int64_t>{0, 4, 5, 1};
  result.tables = {table};
  std::ostringstream outside;
  // Of ten people in all, five would leave 4 + 1.
  EXPECT_EQ(write_tidy_csv(Release{result, Audience::outside, "nb"}, {}, outside), 3U);
  EXPECT_EQ(outside.str(), "table,state,value\nstock,a,0\nstock,b,\nstock,c,\nstock,d,\n");
  std::ostringstream inside;
  EXPECT_EQ(write_tidy_csv(Release{result, Audience::inside, "nb"}, {}, inside), 0U);
  EXPECT_EQ(inside.str(), "table,state,value\nstock,a,0\nstock,b,4\nstock,c,5\nstock,d,1\n");
}

/// Four people cannot wait for five years in one.
TEST(TidyCsv, TakesDaysOfARegisterAsTheYearsThatTheyMake) {
  auto result = test::small_result();
  result.provenance.data_class = "register";
  Table table = test::years("waiting_days", {{"measure", {"a", "b", "c"}}});
  table.units = "days";
  table.values = std::vector<double>{0, 4 * 365.25, 50 * 365.25};
  result.tables = {table};
  std::ostringstream outside;
  EXPECT_EQ(write_tidy_csv(Release{result, Audience::outside, "nb"}, {}, outside), 1U);
  EXPECT_EQ(outside.str(), "table,measure,value\nwaiting_days,a,0\nwaiting_days,b,\nwaiting_days,c,18262.5\n");
}

TEST(TidyCsv, KeepsWhatIsMadeFromARegisterToItsOwner) {
  auto result = test::small_result();
  result.provenance.data_class = "register";
  support::TempFolder const folder;
  auto const export_for = [&](Audience audience) {
    return export_folder(Release{result, audience, "nb"}, folder.path().string(), FileFormatOfTable::csv, {}, audience);
  };
  EXPECT_THROW(export_for(Audience::outside), InputError);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  auto const files = export_for(Audience::inside);
  EXPECT_EQ(files.paths.size(), 7U);
  for (auto const& path : files.paths)
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms{0600}) << path;
}

TEST(TidyCsv, IsReadWithNorwegianSettings) {
  auto result = test::small_result();
  Table table = test::years("person_years", {{"state", {"work", "aap;x"}}});
  table.values = std::vector<double>{1234.5, 0.25};
  result.tables = {table};
  CsvDialect dialect = norwegian_csv;
  dialect.labels = true;
  std::ostringstream out;
  write_tidy_csv(Release{result, Audience::outside, "nb"}, {}, out, dialect);
  EXPECT_EQ(out.str(),
            "\xEF\xBB\xBFtable;state;state_label;value\n"
            "person_years;work;Arbeid;1234,5\n"
            "person_years;\"aap;x\";\"aap;x\";0,25\n");
}

TEST(TidyCsv, QuotesWhatNeedsIt) {
  auto result = test::small_result();
  result.tables = {test::counts("stock", {{"state", {"a,b", "c\"d"}}})};
  std::ostringstream out;
  write_tidy_csv(Release{result, Audience::outside, "nb"}, {}, out);
  EXPECT_EQ(out.str(), "table,state,value\nstock,\"a,b\",1\nstock,\"c\"\"d\",2\n");
}

TEST(TidyCsv, ExportsAFileForEachTable) {
  support::TempFolder const folder;
  auto const small = test::small_result();
  auto const paths = export_folder(Release{small, Audience::outside, "nb"}, folder.path().string(),
                                   FileFormatOfTable::csv, {}, Audience::outside)
                         .paths;
  ASSERT_EQ(paths.size(), 7U);
  EXPECT_THAT(paths[5], EndsWith("life_courses.csv"));
  EXPECT_THAT(paths.back(), EndsWith("datapackage.json"));
  EXPECT_THAT(support::read_file(folder / "transitions.csv"), StartsWith("table,draw,region,transition,value\n"));
}

}  // namespace
}  // namespace utvei
