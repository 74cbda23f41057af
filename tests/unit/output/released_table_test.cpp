// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"
#include "small_result.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/released_table.hpp>
#include <utvei/output/table_formats.hpp>

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Ten people: four are few, and five would tell of them.
RunResult register_of_ten() {
  RunResult result = test::small_result();
  result.provenance.data_class = "register";
  result.life_courses.reset();
  Table table = test::counts("stock", {{"state", {"a", "b", "c", "d"}}});
  table.values = std::vector<std::int64_t>{0, 4, 5, 1};
  result.tables = {table};
  return result;
}

TEST(ReleasedTable, HasWordsInThreeLanguages) {
  auto const result = test::small_result();
  auto const title = [&](char const* language) {
    return Release{result, Audience::outside, language}.table(result.tables[1]).title;
  };
  EXPECT_EQ(title("nb"), "Personår i hver tilstand, etter region, år og tilstand");
  EXPECT_EQ(title("nn"), "Personår i kvar tilstand, etter region, år og tilstand");
  EXPECT_EQ(title("en"), "Person-years in each state, by region, year and state");
  Release const release{result, Audience::outside, "nb"};
  auto const table = release.table(*result.table("transitions"));
  EXPECT_THAT(table.dimensions[2].labels, ElementsAre("Skole → Arbeid", "Arbeid → Arbeidsavklaringspenger på nå"));
  EXPECT_THAT(table.dimensions[1].labels, ElementsAre("Oslo", "Kristiansand – Ålo"));
  EXPECT_EQ(table.dimensions[1].role, ReleasedDimension::Role::place);
}

TEST(ReleasedTable, TellsNumbersFromCodes) {
  using Role = ReleasedDimension::Role;
  auto const is_numeric = [](std::vector<std::string> const& codes, Role role) {
    return ReleasedDimension{"", "", role, codes, codes}.is_numeric();
  };
  EXPECT_TRUE(is_numeric({"2025", "2026"}, Role::time));
  EXPECT_FALSE(is_numeric({"01", "02"}, Role::other));
  EXPECT_FALSE(is_numeric({"4203", "4204"}, Role::place));  // others have a 0 in front
  EXPECT_FALSE(is_numeric({}, Role::other));
}

TEST(ReleasedTable, HoldsNothingOfWhatStaysInside) {
  auto const result = register_of_ten();
  auto const outside = Release{result, Audience::outside, "nb"}.table(result.tables[0]);
  EXPECT_EQ(outside.held_back, 3U);
  EXPECT_THAT(outside.values, ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(outside.status,
              ElementsAre(CellStatus::known, CellStatus::held_back, CellStatus::held_back, CellStatus::held_back));
  auto const inside = Release{result, Audience::inside, "nb"}.table(result.tables[0]);
  EXPECT_EQ(inside.held_back, 0U);
  EXPECT_THAT(inside.values, ElementsAre(0, 4, 5, 1));
}

TEST(ReleasedTable, IsADatasetOfJsonStat) {
  auto const result = register_of_ten();
  Release const release{result, Audience::outside, "nb"};
  auto const text = json_stat_of(release, release.table(result.tables[0]));
  EXPECT_THAT(text, HasSubstr(R"("value":[0,null,null,null],"status":{"1":":","2":":","3":":"})"));
  EXPECT_THAT(text, HasSubstr(R"("size":[4,1])"));
  EXPECT_THAT(text, HasSubstr("3 tall er tomme"));
}

TEST(ReleasedTable, IsTheSameStataFileEachTime) {
  auto const result = test::small_result();
  Release const release{result, Audience::outside, "nb"};
  auto const first = stata_of(release, release.table(result.tables[1]));
  EXPECT_EQ(first, stata_of(release, release.table(result.tables[1])));
  EXPECT_THAT(first, HasSubstr("<release>118</release>"));
  EXPECT_THAT(first, HasSubstr("Kristiansand – Ålo"));
}

TEST(ReleasedTable, IsASheetOfAWorkbook) {
  support::TempFolder const folder;
  auto const result = register_of_ten();
  Release const release{result, Audience::outside, "nb"};
  auto const path = (folder / "a.xlsx").string();
  EXPECT_EQ(write_workbook(release, release.tables({}), path, 0600), 3U);
  auto const bytes = support::read_file(folder / "a.xlsx");
  EXPECT_EQ(bytes.substr(0, 2), "PK");
  EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms{0600});
  write_workbook(release, release.tables({}), path, 0600);
  EXPECT_EQ(bytes, support::read_file(folder / "a.xlsx"));
}

TEST(ReleasedTable, IsNoSheetWithTooManyLines) {
  support::TempFolder const folder;
  auto result = test::small_result();
  std::vector<std::string> draws(1'048'576, "0");
  result.tables = {test::counts("stock", {{"draw", draws}})};
  Release const release{result, Audience::outside, "nb"};
  EXPECT_THROW(write_workbook(release, release.tables({}), (folder / "a.xlsx").string(), 0644), InputError);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace utvei
