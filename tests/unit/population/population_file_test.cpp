// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"
#include "files.hpp"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PopulationFile : public testing::Test {
 protected:
  Population read(std::string_view csv) {
    spec_.file = folder_.write("people.csv", csv);
    spec_.traits.resize(model_.traits.size());
    return make_population(spec_, model_, example::start(), diagnostics_);
  }
  std::vector<std::string> problems(std::string_view csv) {
    read(csv);
    std::vector<std::string> texts;
    for (Diagnostic const& d : diagnostics_.all()) {
      texts.push_back(std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " + d.problem);
    }
    return texts;
  }

  support::TempFolder folder_;
  Model model_{example::model()};
  PopulationSpec spec_;
  Diagnostics diagnostics_;
};

TEST_F(PopulationFile, IsReadRowByRow) {
  auto const people = read(
      "person;state;age;region;sex;debt;time_in_state;count\n"
      "p1;work;16,5;r01;female;2,5;90 days;1\n"
      "p2;school;20;r02;male;0;;2\n");
  ASSERT_FALSE(diagnostics_.has_errors()) << render(diagnostics_);
  EXPECT_THAT(people.state.values(), ElementsAre(StateId{1}, StateId{0}, StateId{0}));
  EXPECT_THAT(people.birth.values()[0], example::start() - duration_of_years(16.5));
  EXPECT_THAT(people.region.values(), ElementsAre(RegionId{0}, RegionId{1}, RegionId{1}));
  EXPECT_THAT(people.traits[0].values(), ElementsAre(0, 1, 1));
  EXPECT_THAT(people.numbers[1].values(), ElementsAre(2.5F, 0.0F, 0.0F));
  EXPECT_THAT(people.time_in_state.values(), ElementsAre(Duration{90 * minutes_per_day}, Duration{}, Duration{}));
  std::set<std::uint64_t> keys;
  for (PersonKey const key : people.key) keys.insert(key.value);
  EXPECT_EQ(keys.size(), 3U);
  EXPECT_THAT(people.inputs, ElementsAre(*spec_.file));
}

TEST_F(PopulationFile, SaysWhoLivesWithWhom) {
  auto const people = read("state;household;count\nwork;b;\nschool;;2\nwork;a;1\nwork;b;1\n");
  ASSERT_FALSE(diagnostics_.has_errors()) << render(diagnostics_);
  EXPECT_THAT(people.household.values(), ElementsAre(1U, 0U, 0U, 2U, 1U));
}

TEST_F(PopulationFile, AHouseholdIsOfSinglePeople) {
  EXPECT_THAT(problems("state;household;count\nwork;a;2\n"), ElementsAre("2:6 a household, and a count of 2"));
}

TEST_F(PopulationFile, APersonKeepsItsKeyWhereverItsRowStands) {
  auto const first = read("person,state\na,work\nb,work\n");
  auto const second = read("person,state\nb,school\na,work\n");
  EXPECT_EQ(first.key[PersonRow{0}], second.key[PersonRow{1}]);
  EXPECT_EQ(first.key[PersonRow{1}], second.key[PersonRow{0}]);
}

TEST_F(PopulationFile, WithoutPersonsTheKeyIsThatOfTheRow) {
  auto const people = read("state,count\nwork,2\nschool,1\n");
  EXPECT_EQ(people.key[PersonRow{0}].value, mix64(1));
  EXPECT_EQ(people.key[PersonRow{2}].value, mix64(3));
}

TEST_F(PopulationFile, SaysAllThatIsWrongWithTheCell) {
  EXPECT_THAT(problems("person;state;age;region;sex;count\n"
                       "a;wrk;x;r01;female;1\n"
                       "a;work;16;r09;femal;-1\n"),
              ElementsAre(HasSubstr("2:3 no state `wrk`"), HasSubstr("2:7 `x` is not an age"),
                          HasSubstr("3:11 no region `r09`"), HasSubstr("3:21 `-1`"), HasSubstr("3:15 no level `femal`"),
                          HasSubstr("3:1 person `a` is there twice")));
}

TEST_F(PopulationFile, RefusesUnknownColumns) {
  EXPECT_THAT(problems("state,kommune\nwork,1\n"), ElementsAre(HasSubstr("unknown column `kommune`")));
}

TEST_F(PopulationFile, NeedsTheColumnState) {
  EXPECT_THAT(problems("person\na\n"), testing::Contains(HasSubstr("state")));
}

TEST_F(PopulationFile, NeedsPeople) {
  EXPECT_THAT(problems("state,count\nwork,0\n"), ElementsAre(HasSubstr("no people")));
}

TEST_F(PopulationFile, ManyErrorsAreCutShort) {
  std::string csv = "state,age\n";
  for (int i = 0; i < 5000; ++i) csv += "wrk,1\n";
  EXPECT_EQ(problems(csv).size(), 101U);
}

TEST_F(PopulationFile, TellsItsStartStatesAndRegions) {
  read("state,region\nwork,r01\noutside,r01\n");
  EXPECT_THAT(start_states(spec_, model_), ElementsAre(StateId{1}, StateId{2}));
  EXPECT_TRUE(gives_region(spec_));
}

}  // namespace
}  // namespace utvei
