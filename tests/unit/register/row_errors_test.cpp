// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(RowErrors, EachIsReportedWhereItStands) {
  SmallStudy small;
  small.spells(
      "1,2015-01-08,2015-01-03,a\n"
      "1,2015-01-08,2015-01-09,aa\n"
      "1,yesterday,2015-01-09,a\n"
      ",2015-01-08,2015-01-09,a\n");
  auto const text = small.messages();
  EXPECT_THAT(text, HasSubstr("spells.csv:2:14: error: the spell stops before it starts"));
  EXPECT_THAT(text, HasSubstr("spells.csv:3:25: error: the model has no state `aa`"));
  EXPECT_THAT(text, HasSubstr("spells.csv:4:3: error: `yesterday` is not a moment of time"));
  EXPECT_THAT(text, HasSubstr("spells.csv:5:1: error: the row names no person"));
}

TEST(RowErrors, TheFirstFewOfAKindAreShown) {
  SmallStudy small;
  std::string rows;
  for (int i = 0; i < 9; ++i) {
    rows += "1,2015-01-08,2015-01-03,a\n";
  }
  auto const text = small.spells(rows).messages();
  EXPECT_THAT(text, HasSubstr("spells.csv:6:"));
  EXPECT_THAT(text, Not(HasSubstr("spells.csv:7:")));
  EXPECT_THAT(text, HasSubstr("4 more rows: stop before start"));
}

TEST(RowErrors, OfThePersonsFile) {
  SmallStudy small{study_with_persons};
  small.persons("1;1980-01-02;man;4204\n1;1980-01-02;male;4204\n2;1980;male;4205\n3;1980-01-01;male;\n");
  auto const text = small.spells("").messages();
  EXPECT_THAT(text, HasSubstr("trait `sex` has no level `man`"));
  EXPECT_THAT(text, HasSubstr("person `1` stands here twice"));
  EXPECT_THAT(text, HasSubstr("`1980` is not a time of birth"));
  EXPECT_THAT(text, HasSubstr("the model has no region `4205`"));
  EXPECT_THAT(text, HasSubstr("the region is empty"));
}

TEST(RowErrors, PeopleMustStandInThePersonsFile) {
  SmallStudy small{study_with_persons};
  small.persons("1;1980-01-02;male;4204\n");
  EXPECT_THAT(small.spells("2,2015-01-03,2015-01-08,a\n").messages(), HasSubstr("no person `2` in "));
}

TEST(RowErrors, TraitsOfTheSpellFileMustNotChange) {
  SmallStudy small{std::string{plain_study} + "traits: [sex]\n"};
  small.folder.write("spells.csv",
                     "person,start,stop,state,sex\n1,2015-01-03,2015-01-04,a,male\n"
                     "1,2015-01-05,2015-01-06,a,female\n");
  EXPECT_THAT(small.messages(), HasSubstr("person `1` has other values here than in an earlier row"));
}

TEST(RowErrors, ColumnsAreLookedForWhereTheStudyNamesThem) {
  SmallStudy small;
  small.folder.write("spells.csv", "person,begin,stop,state\n1,2015-01-03,2015-01-04,a\n");
  auto const text = small.messages();
  EXPECT_THAT(text, HasSubstr("study.yaml:7:"));
  EXPECT_THAT(text, HasSubstr("no column `start`"));
}

}  // namespace
}  // namespace utvei
