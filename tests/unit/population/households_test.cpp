// SPDX-License-Identifier: Apache-2.0
#include "recipe.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using example::first_error;
using example::make;
using example::RecipeFolder;

/// 100 adults and 40 children in one municipality, 50 and 10 in the other.
class HouseholdsTest : public ::testing::Test {
 protected:
  HouseholdsTest() {
    folder.write("age.csv",
                 "region;age;sex;state;count\n0101;0-17;male;school;40\n0101;18-90;female;work;100\n"
                 "0102;0-17;male;school;10\n0102;18-90;female;work;50\n");
  }
  [[nodiscard]] example::Made with(std::string const& tables) const {
    return make(folder, "margins: [{file: age.csv}]\nhouseholds:\n  margins:\n" + tables);
  }
  RecipeFolder folder;
};

/// Members of each household, adults and children.
std::vector<std::array<int, 2>> members(example::Made const& all) {
  Households const& households = all.made.households;
  std::vector<std::array<int, 2>> found(households.size());
  for (PersonRow const row : ids_of(all.made.people.key)) {
    std::uint32_t const number = households.of_person[row.value()];
    bool const is_child = all.recipe.date - all.made.people.birth[row] < duration_of_years(18);
    if (number > 0) ++found[number - 1][is_child ? 1 : 0];
  }
  return found;
}

TEST_F(HouseholdsTest, HoldThePeopleThatTheirTypesSay) {
  folder.write("homes.csv",
               "region;adults;children;count\n0101;1;0;30\n0101;2;0;15\n0101;2;2;20\n0102;1;0;30\n0102;2;1;10\n");
  auto const all = with("    - {file: homes.csv}\n");
  Households const& households = all.made.households;
  ASSERT_EQ(households.size(), 105U);
  auto const found = members(all);
  for (std::size_t h = 0; h < found.size(); ++h) {
    EXPECT_EQ(found[h][0], households.adults[h]);
    EXPECT_EQ(found[h][1], households.children[h]);
  }
  EXPECT_EQ(households.adults_outside, 0U);
  EXPECT_EQ(households.children_outside, 0U);
  EXPECT_EQ(households.margins[0].furthest, 0);
}

TEST_F(HouseholdsTest, OfOneAreInOneRegionAndNearInAge) {
  folder.write("homes.csv", "region;adults;children;count\n01;1;0;60\n01;2;0;20\n01;2;2;25\n");
  auto const all = with("    - {file: homes.csv}\n");
  Population const& people = all.made.people;
  std::vector<std::vector<PersonRow>> adults(all.made.households.size());
  for (PersonRow const row : ids_of(people.key)) {
    std::uint32_t const number = all.made.households.of_person[row.value()];
    if (number > 0 && all.recipe.date - people.birth[row] >= duration_of_years(18)) adults[number - 1].push_back(row);
  }
  double apart = 0;
  double couples = 0;
  for (auto const& home : adults) {
    if (home.size() != 2) continue;
    EXPECT_EQ(people.region[home[0]], people.region[home[1]]);
    apart += std::abs(in_years(people.birth[home[0]] - people.birth[home[1]]));
    ++couples;
  }
  EXPECT_LT(apart / couples, 5);
}

TEST_F(HouseholdsTest, OfACountyGoToWhereThePeopleAre) {
  folder.write("homes.csv", "region;adults;children;count\n01;1;0;60\n01;2;0;20\n01;2;2;25\n");
  auto const all = with("    - {file: homes.csv}\n");
  // 150 adults for 150, 50 children for 50.
  EXPECT_LE(all.made.households.adults_outside, 4U);
  EXPECT_LE(all.made.households.children_outside, 4U);
  EXPECT_LE(std::abs(all.made.households.margins[0].target - 105), 0);
  EXPECT_NEAR(static_cast<double>(all.made.households.size()), 105, 4);
}

TEST_F(HouseholdsTest, GiveWayWhereTheyNeedMorePeopleThanThereAre) {
  folder.write("homes.csv", "region;adults;children;count\n0101;2;1;90\n0102;1;0;5\n");
  auto const all = with("    - {file: homes.csv}\n");
  EXPECT_LE(all.made.households.size(), 45U);
  EXPECT_GE(all.made.households.size(), 40U);
  EXPECT_GE(all.made.households.adults_outside, 45U);
}

TEST_F(HouseholdsTest, DoNotRiseWhereOthersGiveWay) {
  // 80 children wanted, 40 there: couples with children fall to half, and nobody else changes.
  folder.write("homes.csv", "region;adults;children;count\n0101;1;0;20\n0101;2;2;40\n0102;1;0;5\n");
  auto const all = with("    - {file: homes.csv}\n");
  Households const& households = all.made.households;
  EXPECT_EQ(std::ranges::count(households.children, 2), 20);
  EXPECT_EQ(std::ranges::count(households.children, 0), 25);
}

TEST_F(HouseholdsTest, RefuseTablesOfOtherThings) {
  auto const refusal = [&](std::string const& table) {
    folder.write("homes.csv", table);
    Diagnostics diagnostics;
    auto const recipe =
        folder.recipe("margins: [{file: age.csv}]\nhouseholds: {margins: [{file: homes.csv}]}\n", diagnostics);
    if (!diagnostics.has_errors()) fit_population(recipe, nullptr, diagnostics);
    return first_error(diagnostics);
  };
  EXPECT_EQ(refusal("adults;children;count\nmany;0;5\n"), "`many` is no number of adults");
  EXPECT_EQ(refusal("region;count\n01;5\n"), "no table says how many adults and children households have");
  EXPECT_EQ(refusal("sex;adults;children;count\nmale;1;0;5\n"), "households have a region, adults and children");
}

}  // namespace
}  // namespace utvei
