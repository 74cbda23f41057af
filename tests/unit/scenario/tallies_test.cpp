// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ReadTallies : public testing::Test {
 protected:
  example::Files files;
};

TEST_F(ReadTallies, ReadsWhatToKeep) {
  auto const scenario = files.read(R"(stock_dates: ["11-16", "06-30"]
age_groups: [16, 20, 67]
breakdowns:
  - [region, year, state]
  - [year, age_group, sex, state]
life_courses: {sample: 10}
groups: 50
)");
  EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
  ASSERT_EQ(scenario.stock_dates.size(), 2U);
  EXPECT_EQ(scenario.stock_dates[1].month, 6U);
  EXPECT_EQ(scenario.stock_dates[1].day, 30U);
  EXPECT_THAT(scenario.age_groups, ElementsAre(16, 20, 67));
  ASSERT_EQ(scenario.breakdowns.size(), 2U);
  EXPECT_EQ(scenario.breakdowns[1][2], (TallyDimension{TallyDimension::Kind::trait, TraitId{0}}));
  EXPECT_EQ(scenario.life_courses.kind, LifeCourseRequest::Kind::sample);
  EXPECT_EQ(scenario.life_courses.sample, 10U);
  EXPECT_EQ(scenario.groups, 50U);
}

TEST_F(ReadTallies, StockDatesAreDaysOfEveryYear) {
  EXPECT_THAT(files.problems("stock_dates: [\"02-30\", \"16-11\", \"1-1\", november]\n"),
              testing::Each(HasSubstr("not a day of the year")));
  EXPECT_THAT(files.problems("stock_dates: [\"02-29\"]\n"), ElementsAre(HasSubstr("29 February")));
  EXPECT_THAT(files.problems("stock_dates: [\"11-16\", \"11-16\"]\n"), ElementsAre(HasSubstr("twice")));
  EXPECT_THAT(files.problems("stock_dates: \"11-16\"\n"), ElementsAre(HasSubstr("must be a list")));
}

TEST_F(ReadTallies, AgeGroupsRise) {
  EXPECT_THAT(files.problems("age_groups: [16, 16, 20, 18]\n"),
              ElementsAre(HasSubstr("16 follows 16"), HasSubstr("18 follows 20")));
  EXPECT_THAT(files.problems("age_groups: []\n"), ElementsAre(HasSubstr("must be a list of ages")));
}

TEST_F(ReadTallies, BreakdownsNameDimensions) {
  EXPECT_THAT(files.problems("breakdowns: [[yaer, state]]\n"), ElementsAre(HasSubstr("`yaer`")));
  EXPECT_EQ(files.diagnostics.all().front().suggestion, "did you mean `year`?");
  EXPECT_THAT(files.problems("breakdowns: [[year, year]]\n"), ElementsAre(HasSubstr("there twice")));
  EXPECT_THAT(files.problems("breakdowns: [[year, state], [state, year]]\n"), ElementsAre(HasSubstr("there twice")));
  EXPECT_THAT(files.problems("breakdowns: [[draw, state]]\n"), ElementsAre(HasSubstr("`draw` is not a dimension")));
  EXPECT_THAT(files.problems("breakdowns: [[age_group, state]]\n"), ElementsAre(HasSubstr("without `age_groups`")));
  EXPECT_THAT(files.problems("breakdowns: [[debt, state]]\n"), ElementsAre(HasSubstr("`debt` is a number")));
  EXPECT_THAT(files.problems("breakdowns: [year, state]\n"),
              ElementsAre(HasSubstr("list of dimensions"), HasSubstr("list of dimensions")));
  EXPECT_THAT(files.problems("breakdowns: []\n"), ElementsAre(HasSubstr("list of lists")));
}

TEST_F(ReadTallies, LifeCoursesAreAllNoneOrASample) {
  EXPECT_EQ(files.read("life_courses: all\n").life_courses.kind, LifeCourseRequest::Kind::all);
  EXPECT_THAT(files.texts(), IsEmpty());
  EXPECT_THAT(files.problems("life_courses: some\n"), ElementsAre(HasSubstr("`some`")));
  EXPECT_THAT(files.problems("life_courses: {sample: 0}\n"), ElementsAre(HasSubstr("sample")));
  EXPECT_THAT(files.problems("life_courses: {}\n"), ElementsAre(HasSubstr("sample")));
}

}  // namespace
}  // namespace utvei
