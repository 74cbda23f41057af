// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

class ReadScenario : public testing::Test {
 protected:
  example::Files files;
};

TEST_F(ReadScenario, ReadsTheShortestScenario) {
  auto const scenario = files.read();
  EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
  EXPECT_EQ(scenario.name, "baseline");
  EXPECT_EQ(scenario.start, start_of_year(2025));
  EXPECT_EQ(scenario.end, start_of_year(2035));
  EXPECT_EQ(scenario.seed, 0U);
  EXPECT_EQ(scenario.draws, 0U);
  EXPECT_EQ(scenario.replicates, 1U);
  EXPECT_EQ(scenario.groups, 100U);
  EXPECT_EQ(scenario.life_courses.kind, LifeCourseRequest::Kind::none);
  EXPECT_EQ(scenario.population.persons, 1000U);
  EXPECT_EQ(scenario.breakdowns.size(), 1U);
  EXPECT_THAT(scenario.breakdowns[0], ElementsAre(TallyDimension{TallyDimension::Kind::region, {}},
                                                  TallyDimension{TallyDimension::Kind::year, {}},
                                                  TallyDimension{TallyDimension::Kind::state, {}}));
}

TEST_F(ReadScenario, EndsAtTheAnniversary) {
  auto const scenario = files.read_text(R"(utvei: scenario/1
name: leap
model: model.yaml
start: 2024-02-29
years: 50
population: {persons: 1, state: school}
)");
  EXPECT_EQ(scenario.end, date(2074, 2, 28));
  EXPECT_THAT(scenario.breakdowns[0], ElementsAre(TallyDimension{TallyDimension::Kind::year, {}},
                                                  TallyDimension{TallyDimension::Kind::state, {}}))
      << "nobody has a region";
}

TEST_F(ReadScenario, OverridesWin) {
  auto const scenario = files.read("seed: 42\n", {parse_override("seed=7"), parse_override("years=3"),
                                                  parse_override("draws=5"), parse_override("replicates=2")});
  EXPECT_THAT(files.texts(), IsEmpty());
  EXPECT_EQ(scenario.seed, 7U);
  EXPECT_EQ(scenario.end, start_of_year(2028));
  EXPECT_EQ(scenario.draws, 5U);
  EXPECT_EQ(scenario.replicates, 2U);
  EXPECT_THAT(scenario.resolved, HasSubstr("seed: 7"));
}

TEST_F(ReadScenario, TellsAllFilesItRead) {
  auto const parent = files.write("parent.yaml", std::string{example::scenario} + "seed: 9\n");
  auto const scenario = files.read_text("extends: parent.yaml\nname: child\n");
  EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
  EXPECT_EQ(scenario.seed, 9U);
  EXPECT_EQ(scenario.name, "child");
  EXPECT_THAT(scenario.inputs, Contains(EndsWith("scenario.yaml")).Times(1));
  EXPECT_THAT(scenario.inputs, Contains(EndsWith("parent.yaml")).Times(1));
  EXPECT_THAT(scenario.inputs, Contains(EndsWith("model.yaml")).Times(1));
  EXPECT_THAT(scenario.inputs, Contains(EndsWith("regions.csv")).Times(1));
}

TEST_F(ReadScenario, RatesOfTheScenarioWin) {
  auto const scenario = files.read("rates: mine.h5\n");
  ASSERT_TRUE(scenario.model.rate_file.has_value());
  EXPECT_THAT(*scenario.model.rate_file, EndsWith("mine.h5"));
  EXPECT_EQ(scenario.model.rate_file_place.line, 7);
}

TEST_F(ReadScenario, AMissingModelIsReportedWhereItIsNamed) {
  files.read_text(
      "utvei: scenario/1\nname: a\nmodel: gone.yaml\nstart: 2025-01-01\nyears: 1\npopulation: {persons: 1, state: "
      "x}\n");
  ASSERT_EQ(files.diagnostics.error_count(), 1U) << render(files.diagnostics);
  Diagnostic const& diagnostic = files.diagnostics.all().front();
  EXPECT_EQ(diagnostic.fault, Fault::file);
  EXPECT_EQ(diagnostic.place.line, 3);
  EXPECT_THAT(diagnostic.place.source->name, EndsWith("scenario.yaml"));
}

TEST_F(ReadScenario, SaysAllThatIsMissing) {
  files.read_text("utvei: scenario/1\n");
  EXPECT_THAT(files.texts(), ElementsAre(HasSubstr("`name`"), HasSubstr("`model`"), HasSubstr("`start`"),
                                         HasSubstr("`years`"), HasSubstr("`population`")));
}

TEST_F(ReadScenario, UnknownKeysAreErrors) {
  files.read("sed: 42\n");
  ASSERT_EQ(files.diagnostics.error_count(), 1U);
  EXPECT_THAT(files.diagnostics.all().front().suggestion, HasSubstr("`seed`"));
}

TEST_F(ReadScenario, NumbersHaveBounds) {
  EXPECT_THAT(files.problems("seed: 4294967296\ndraws: 1048576\nreplicates: 0\nweight: 0\ngroups: 1\n"),
              ElementsAre(HasSubstr("seed"), HasSubstr("draws"), HasSubstr("replicates"), HasSubstr("weight"),
                          HasSubstr("groups")));
  EXPECT_THAT(files.problems("seed: 4294967295\ndraws: 1048575\nreplicates: 4096\nweight: 1000000\ngroups: 2\n"),
              IsEmpty());
}

TEST_F(ReadScenario, TheNameMustSuitAFile) {
  auto const named = [&](std::string const& name) {
    files.read({}, {parse_override("name=" + name)});
    return files.texts();
  };
  EXPECT_THAT(named("\"a/b\""), ElementsAre(HasSubstr("cannot name a result file")));
  EXPECT_THAT(named("\"..\""), ElementsAre(HasSubstr("cannot name a result file")));
  EXPECT_THAT(named("\"two words\""), ElementsAre(HasSubstr("cannot name a result file")));
  EXPECT_THAT(named("lærling-2"), IsEmpty());
}

TEST_F(ReadScenario, WarnsOfStatesThatNobodyReaches) {
  files.read({}, {parse_override("population.state=aap")});
  EXPECT_FALSE(files.diagnostics.has_errors()) << render(files.diagnostics);
  EXPECT_THAT(files.texts(), ElementsAre(HasSubstr("`school`")));
}

}  // namespace
}  // namespace utvei
