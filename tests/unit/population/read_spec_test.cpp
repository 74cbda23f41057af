// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> problems(std::string_view yaml, Model const& model = example::model()) {
  Diagnostics diagnostics;
  example::spec_of(yaml, model, diagnostics);
  std::vector<std::string> texts;
  for (Diagnostic const& diagnostic : diagnostics.all()) texts.push_back(diagnostic.problem);
  return texts;
}

TEST(ReadPopulationSpec, ReadsEverything) {
  EXPECT_THAT(
      problems("{persons: 10, state: {work: 1}, age: {16: 1, 20.5: 2}, region: {r01: 1}, time_in_state: 90 days, "
               "traits: {sex: {female: 1}, debt: {0: 3, 2.5: 1}}, data_class: open}"),
      IsEmpty());
}

TEST(ReadPopulationSpec, SaysAllThatIsWrong) {
  EXPECT_THAT(
      problems("{persons: 0, state: wrk, age: -1, region: r03, time_in_state: 90, traits: {sx: a, sex: f}, sate: 1}"),
      ElementsAre(HasSubstr("persons"), HasSubstr("`wrk`"), HasSubstr("`-1`"), HasSubstr("`90`"), HasSubstr("`r03`"),
                  HasSubstr("`sx`"), HasSubstr("`f`"), HasSubstr("`sate`")));
}

TEST(ReadPopulationSpec, NeedsPersonsAndState) {
  EXPECT_THAT(problems("{age: 16}"), ElementsAre(HasSubstr("persons"), HasSubstr("state")));
}

TEST(ReadPopulationSpec, WantsCodesInQuotes) {
  EXPECT_THAT(problems("{persons: 1, state: work, region: {0301: 1}}"), ElementsAre(HasSubstr("0301")));
  EXPECT_THAT(problems("{persons: 1, state: work, region: 0301}"), ElementsAre(HasSubstr("0301")));
}

TEST(ReadPopulationSpec, RefusesSharesWithoutWeight) {
  EXPECT_THAT(problems("{persons: 1, state: {work: 0}}"), ElementsAre(HasSubstr("no share in state")));
  EXPECT_THAT(problems("{persons: 1, state: {}}"), ElementsAre(HasSubstr("no share in state")));
  EXPECT_THAT(problems("{persons: 1, state: {work: -1, school: 2}}"), ElementsAre(HasSubstr("share of `work`")));
}

TEST(ReadPopulationSpec, AFileStandsAlone) {
  EXPECT_THAT(problems("{file: people.csv, persons: 5}"), ElementsAre(HasSubstr("`persons` beside `file`")));
  EXPECT_THAT(problems("{file: people.h5}"), ElementsAre(HasSubstr("HDF5")));
}

TEST(ReadPopulationSpec, RegionsNeedAModelWithRegions) {
  Model model = example::model();
  model.regions = {};
  EXPECT_THAT(problems("{persons: 1, state: work, region: r01}", model), ElementsAre(HasSubstr("no regions")));
}

TEST(ReadPopulationSpec, MustBeAMap) {
  EXPECT_THAT(problems("[1, 2]"), ElementsAre(HasSubstr("must be a map")));
}

}  // namespace
}  // namespace utvei
