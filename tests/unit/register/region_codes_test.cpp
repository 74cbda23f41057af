// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;

/// The small study with old codes of regions in its persons file.
class Crosswalk : public testing::Test {
 protected:
  explicit Crosswalk(std::string_view more = "") : small{study_with(more)} {
    small.spells("1,2015-01-03,2015-01-08,a\n2,2015-01-03,2015-01-08,a\n");
  }
  static std::string study_with(std::string_view more) {
    return std::string{study_with_persons} + "crosswalk: {file: codes.csv, from: old, to: new" + std::string{more} +
           "}\n";
  }
  std::string region_of(LifeCourses const& lives, std::size_t person) {
    return small.study.model.regions[lives.persons.region[PersonRow{person}]].code;
  }
  SmallStudy small;
};

class DatedCrosswalk : public Crosswalk {
 protected:
  DatedCrosswalk() : Crosswalk{", valid_from: since"} {}
};

TEST_F(Crosswalk, BringsCodesToTheVintageOfTheModel) {
  small.folder.write("codes.csv", "old;new\n1001;4204\n1017;4204\n");
  small.persons("1;1980-01-02;male;1017\n2;1980-01-02;male;4203\n");
  auto const lives = small.read();
  EXPECT_EQ(region_of(lives, 0), "4204");
  EXPECT_EQ(region_of(lives, 1), "4203") << "codes that the crosswalk lacks stay";
  EXPECT_THAT(lives.inputs, testing::Contains(testing::EndsWith("codes.csv")));
}

TEST_F(Crosswalk, CodesThatLeadNowhereAreRejected) {
  small.folder.write("codes.csv", "old;new\n1001;4205\n");
  small.persons("1;1980-01-02;male;1001\n2;1980-01-02;male;0301\n");
  auto const text = small.messages();
  EXPECT_THAT(text, HasSubstr("persons.csv:2:19: error: the model has no region `4205`"));
  EXPECT_THAT(text, HasSubstr("that is what the crosswalk makes of `1001`"));
  EXPECT_THAT(text, HasSubstr("persons.csv:3:19: error: the model has no region `0301`"));
}

TEST_F(Crosswalk, ACodeThatSplitsIsRefused) {
  small.folder.write("codes.csv", "old;new\n1001;4204\n1001;4204\n1001;4203\n");
  small.persons("1;1980-01-02;male;1001\n");
  auto const text = small.messages();
  EXPECT_THAT(text, HasSubstr("codes.csv:4:6: error: region `1001` becomes two: `4204` and `4203`"));
  EXPECT_THAT(text, HasSubstr("line 2 has the other"));
}

TEST_F(DatedCrosswalk, ACodeMayMeanSomethingElseLater) {
  small.folder.write("codes.csv", "old;new;since\n1001;4203;2015-01-01\n1001;4204;1970\n4203;4204;2020\n");
  small.persons("1;1980-01-02;male;1001\n2;1980-01-02;male;4203\n");
  auto const lives = small.read();
  EXPECT_EQ(region_of(lives, 0), "4203") << "the persons file is of the start of the window";
  EXPECT_EQ(region_of(lives, 1), "4203") << "not yet";
}

TEST_F(DatedCrosswalk, DatesMustBeDates) {
  small.folder.write("codes.csv", "old;new;since\n1001;4203;soon\n");
  small.persons("1;1980-01-02;male;1001\n");
  EXPECT_THAT(small.messages(), HasSubstr("codes.csv:2:11: error: `soon` is not a date"));
}

}  // namespace
}  // namespace utvei
