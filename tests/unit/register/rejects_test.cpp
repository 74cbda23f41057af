// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Rejects, EachIsReportedWhereItStands) {
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

TEST(Rejects, TheFirstFewOfAKindAreShown) {
  SmallStudy small;
  std::string rows;
  for (int i = 0; i < 9; ++i) {
    rows += "1,2015-01-08,2015-01-03,a\n";
  }
  auto const text = small.spells(rows).messages();
  EXPECT_THAT(text, HasSubstr("spells.csv:6:"));
  EXPECT_THAT(text, Not(HasSubstr("spells.csv:7:")));
  EXPECT_THAT(text, HasSubstr("error: 9 of 9 rows cannot be used"));
  EXPECT_THAT(text, HasSubstr("stop before start: 9 (line 2, 3, 4, 5, 6, …); the study lets 1 % of the rows"));
}

TEST(Rejects, OfThePersonsFile) {
  SmallStudy small{study_with_persons};
  small.persons(
      "1;1980-01-02;man;4204\n1;1980-01-02;male;4204\n1;1980-01-02;male;4204\n2;1980;male;4204\n4;;male;4204\n"
      "5;1980-01-01;male;4205\n3;1980-01-01;male;\n");
  auto const text = small.spells("").messages();
  EXPECT_THAT(text, HasSubstr("trait `sex` has no level `man`"));
  EXPECT_THAT(text, HasSubstr("person `1` stands here twice"));
  EXPECT_THAT(text, HasSubstr("`1980` is not a time of birth"));
  EXPECT_THAT(text, HasSubstr("the model has no region `4205`"));
  EXPECT_THAT(text, HasSubstr("the region is empty"));
  EXPECT_THAT(text, HasSubstr("persons.csv:6:3: error: the time of birth is empty"));
}

TEST(Rejects, PeopleMustStandInThePersonsFile) {
  SmallStudy small{study_with_persons};
  small.persons("1;1980-01-02;male;4204\n");
  EXPECT_THAT(small.spells("2,2015-01-03,2015-01-08,a\n").messages(), HasSubstr("no person `2` in "));
}

TEST(Rejects, TraitsOfTheSpellFileMustNotChange) {
  SmallStudy small{std::string{plain_study} + "traits: [sex]\n"};
  small.folder.write("spells.csv",
                     "person,start,stop,state,sex\n1,2015-01-03,2015-01-04,a,male\n"
                     "1,2015-01-05,2015-01-06,a,female\n");
  EXPECT_THAT(small.messages(), HasSubstr("person `1` has other values here than in an earlier row"));
}

/// Half of the rows may be broken.
std::string forgiving(std::string_view study) {
  return std::string{study} + "rejects: {at_most: 0.5}\n";
}

TEST(Rejects, ASmallShareIsCountedAndTheRestIsUsed) {
  SmallStudy small{forgiving(plain_study)};
  small.spells(
      "1,2015-01-03,2015-01-08,a\n"
      "1,2015-01-08,2015-01-10\n"
      "1,2015-01-08,2015-01-10,\"b\"x\n"
      "1,2015-01-08,2015-01-10,b\n"
      "2,2015-01-08,2015-01-03,aa\n"
      "2,2015-01-08,2015-01-12,c\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 a 3 3-8>b\n1 b 8 8-10\n2 c 8 8-12\n");
  std::string const file = (small.folder / "spells.csv").string();
  EXPECT_EQ(lives.counts.rejected, (std::vector<RejectCount>{{file, "wrong number of fields", 1},
                                                             {file, "text after a closing quote", 1},
                                                             {file, "unknown state", 1}}))
      << "a row is counted once, under its first mistake";
  EXPECT_EQ(lives.counts.rows, 6);
  EXPECT_THAT(render(small.diagnostics), HasSubstr("warning: 3 of 6 rows cannot be used"));
  EXPECT_THAT(render(small.diagnostics), HasSubstr("unknown state: 1 (line 6)"));
}

TEST(Rejects, AreNotedToTheLast) {
  SmallStudy small{forgiving(plain_study)};
  small.spells(
      "1,2015-01-03,2015-01-08,a\n"
      "1,2015-01-08,\"2015-01-10, late\",b\n"
      "1,2015-01-08,2015-01-10\n"
      "1,2015-01-08,2015-01-10,b\n");
  small.study = small.read_the_study();
  std::vector<RejectedRow> rows;
  read_register(small.study, 2, small.diagnostics, &rows);
  std::string const file = (small.folder / "spells.csv").string();
  EXPECT_EQ(to_csv(rows), "file,line,column,reason,value,row\n" + file +
                              ",3,stop,moment that cannot be read,\"2015-01-10, late\","
                              "\"1,2015-01-08,\"\"2015-01-10, late\"\",b\"\n" +
                              file + ",4,,wrong number of fields,,\"1,2015-01-08,2015-01-10\"\n");
}

TEST(Rejects, SpellsFollowTheirPersonOut) {
  SmallStudy small{forgiving(study_with_persons)};
  small.persons("1;1980-01-02;male;4204\n2;;male;4204\n");
  small.spells("1,2015-01-03,2015-01-08,a\n2,2015-01-03,2015-01-08,a\n2,2015-01-08,2015-01-09,b\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 a 3 3-8\n");
  ASSERT_EQ(lives.counts.rejected.size(), 2U);
  EXPECT_EQ(lives.counts.rejected[1].reason, "row of a person whose own row is rejected");
  EXPECT_EQ(lives.counts.rejected[1].rows, 2) << "two of three, and no error: the mistake is the person's row";
}

TEST(Rejects, AQuoteThatIsNeverClosedIsAnErrorWhateverTheShare) {
  SmallStudy small{forgiving(plain_study)};
  small.spells("1,2015-01-03,2015-01-08,a\n1,2015-01-08,2015-01-10,\"b\n1,2015-01-08,2015-01-10,b\n");
  EXPECT_THAT(small.messages(), HasSubstr("spells.csv:3:25: error: the quote that opens here is never closed"));
}

TEST(Rejects, ColumnsAreLookedForWhereTheStudyNamesThem) {
  SmallStudy small;
  small.folder.write("spells.csv", "person,begin,stop,state\n1,2015-01-03,2015-01-04,a\n");
  auto const text = small.messages();
  EXPECT_THAT(text, HasSubstr("study.yaml:7:"));
  EXPECT_THAT(text, HasSubstr("no column `start`"));
}

}  // namespace
}  // namespace utvei
