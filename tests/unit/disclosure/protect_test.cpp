// SPDX-License-Identifier: Apache-2.0
#include <utvei/disclosure/linked_tables.hpp>

#include <algorithm>
#include <random>
#include <tuple>

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::ElementsAre;

/// One list whose sum may be known, or is not told.
LinkedTables list_of(std::vector<double> people, bool total_known) {
  return {{{people.size(), true, total_known}}, {{{0}, std::move(people), {}}}};
}

/// Rows, columns, and all their sums.
LinkedTables table_with_sums(std::size_t rows, std::size_t columns, std::vector<double> const& people) {
  LinkedTables tables{{{rows, true, false}, {columns, true, false}}, {}};
  LinkedTable by_row{{0}, std::vector<double>(rows), {}};
  LinkedTable by_column{{1}, std::vector<double>(columns), {}};
  LinkedTable all{{}, {0}, {}};
  for (std::size_t i = 0; i < people.size(); ++i) {
    by_row.people[i / columns] += people[i];
    by_column.people[i % columns] += people[i];
    all.people[0] += people[i];
  }
  tables.tables = {{{0, 1}, people, {}}, by_row, by_column, all};
  return tables;
}

/// Whether some sum is shown with all of its parts but one, or a part is what is left of a sum.
bool one_alone_is_hidden(LinkedTables const& tables, HiddenCells const& made) {
  std::size_t const rows = tables.axes[0].length;
  std::size_t const columns = tables.axes[1].length;
  auto const& [cells, by_row, by_column, all] =
      std::tie(made.hidden[0], made.hidden[1], made.hidden[2], made.hidden[3]);
  bool alone = false;
  for (std::size_t r = 0; r < rows; ++r) {
    std::size_t hidden = by_row[r] ? 1 : 0;
    for (std::size_t c = 0; c < columns; ++c) hidden += cells[r * columns + c] ? 1U : 0U;
    alone = alone || hidden == 1;
  }
  for (std::size_t c = 0; c < columns; ++c) {
    std::size_t hidden = by_column[c] ? 1 : 0;
    for (std::size_t r = 0; r < rows; ++r) hidden += cells[r * columns + c] ? 1U : 0U;
    alone = alone || hidden == 1;
  }
  auto const sums = [&](std::vector<bool> const& of) { return std::ranges::count(of, true) + (all[0] ? 1 : 0); };
  return alone || sums(by_row) == 1 || sums(by_column) == 1;
}

TEST(Protect, HidesFewPeopleAndNotNobody) {
  auto const made = protect(list_of({0, 4, 5, 1}, false), {});
  EXPECT_THAT(made.hidden[0], ElementsAre(false, true, false, true));
  EXPECT_EQ(made.small, 2U);
  EXPECT_EQ(made.complements, 0U);
}

TEST(Protect, HidesAnotherNumberWhereTheSumMayBeKnown) {
  auto const made = protect(list_of({1, 9, 20, 7}, true), {});
  EXPECT_THAT(made.hidden[0], ElementsAre(true, false, false, true));
  EXPECT_EQ(made.complements, 1U);
}

/// 1 + 3 tells that neither is above three: of what is hidden together one must be able to be five.
TEST(Protect, HidesSoManyThatOneOfThemMayBeLarge) {
  auto const made = protect(list_of({1, 3, 6, 50}, true), {});
  EXPECT_THAT(made.hidden[0], ElementsAre(true, true, true, false));
}

TEST(Protect, LetsSeveralGiveTogether) {
  auto const made = protect(list_of({1, 3, 3, 3, 0}, true), {});
  EXPECT_THAT(made.hidden[0], ElementsAre(true, true, true, true, false));
  EXPECT_EQ(made.withheld, 0U);
}

TEST(Protect, HidesTheCornersOfARectangle) {
  auto const tables = table_with_sums(3, 3, {2, 30, 40, 20, 60, 70, 90, 80, 50});
  auto const made = protect(tables, {});
  EXPECT_THAT(made.hidden[0], ElementsAre(true, true, false, true, true, false, false, false, false));
  for (std::size_t sums = 1; sums < 4; ++sums) EXPECT_EQ(std::ranges::count(made.hidden[sums], true), 0);
}

TEST(Protect, TakesTheLimitThatItIsGiven) {
  DisclosureRules rules;
  rules.least = 10;
  auto const made = protect(list_of({0, 9, 10, 40}, false), rules);
  EXPECT_THAT(made.hidden[0], ElementsAre(false, true, false, false));
}

/// Two numbers of five stand for draws of nearly none: what gives must have it in each of them.
TEST(Protect, LooksAtTheLeastOfSeveralDraws) {
  LinkedTables tables = list_of({2, 9, 12}, true);
  tables.tables[0].lowest = {2, 0, 11};
  auto const made = protect(tables, {});
  EXPECT_THAT(made.hidden[0], ElementsAre(true, false, true));
}

TEST(Protect, KeepsWhatWasHiddenBefore) {
  auto const made = protect(list_of({1, 9, 20, 7}, true), {}, {{false, false, true, false}});
  EXPECT_THAT(made.hidden[0], ElementsAre(true, false, true, false));
}

TEST(Protect, LeavesNoNumberAloneInALine) {
  std::mt19937 luck{5};
  for (int round = 0; round < 300; ++round) {
    std::vector<double> people;
    for (std::size_t i = 0; i < 20; ++i) {
      std::size_t const most = 4 * (i % 5 + 1) * (i / 5 + 1);
      people.push_back(static_cast<double>(luck() % most));
    }
    auto const tables = table_with_sums(4, 5, people);
    auto const made = protect(tables, {});
    EXPECT_FALSE(one_alone_is_hidden(tables, made)) << round;
    for (std::size_t t = 0; t < tables.tables.size(); ++t)
      for (std::size_t i = 0; i < tables.tables[t].people.size(); ++i)
        EXPECT_TRUE(may_leave(tables.tables[t].people[i], {}) || made.hidden[t][i]) << round;
  }
}

/// A sum that is in two tables is one number: what hides it in one must do so in both.
TEST(Protect, HidesASharedSumInBothTables) {
  // Regions by state, and age groups by state, have the states in common.
  LinkedTables tables{{{2, true, false}, {2, true, false}, {3, true, true}}, {}};
  tables.tables = {{{0, 2}, {1, 20, 30, 2, 40, 50}, {}}, {{1, 2}, {2, 30, 35, 1, 30, 45}, {}}, {{2}, {3, 60, 80}, {}}};
  auto const made = protect(tables, {});
  EXPECT_THAT(made.hidden[2], ElementsAre(true, true, false));
  for (std::size_t t = 0; t < 2; ++t) {
    EXPECT_TRUE(made.hidden[t][0] && made.hidden[t][3]) << t;
    EXPECT_TRUE(made.hidden[t][1] || made.hidden[t][4]) << t;
  }
}

TEST(Rules, TheStricterOfEachHolds) {
  EXPECT_EQ(strictest({5, 50, 1}, {10, 30, 3}), (DisclosureRules{10, 50, 3}));
}

TEST(Rules, RoundsToTheNearestMultiple) {
  DisclosureRules rules;
  EXPECT_EQ(rounded(7.25, rules), 7.25);
  rules.round_to = 5;
  EXPECT_EQ(rounded(7, rules), 5);
  EXPECT_EQ(rounded(8, rules), 10);
  EXPECT_EQ(rounded(0, rules), 0);
}

}  // namespace
}  // namespace utvei
