// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ReadChanges : public testing::Test {
 protected:
  Change change(std::string const& text) {
    auto const scenario = files.read("changes: [" + text + "]\n");
    EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
    return scenario.changes.empty() ? Change{} : scenario.changes.front();
  }
  std::vector<std::string> problems(std::string const& text) { return files.problems("changes: [" + text + "]\n"); }

  example::Files files;
};

TEST_F(ReadChanges, ReadsEverything) {
  auto const read = change(R"({transition: aap -> work, hazard_ratio: 1.3, region: ["42"], age: {from: 18, to: 30}, )"
                           R"(traits: {education: [basic], sex: female}, from: 2026-01-01, to: 2031-01-01})");
  EXPECT_THAT(read.transitions, ElementsAre(TransitionId{2}));
  EXPECT_DOUBLE_EQ(read.ratio.mean, 1.3);
  EXPECT_FALSE(read.ratio.log_sd.has_value());
  EXPECT_THAT(read.regions, ElementsAre(RegionId{0}));
  EXPECT_EQ(read.age, (Span{18 * minutes_per_year, 30 * minutes_per_year}));
  EXPECT_EQ(read.calendar, (Span{start_of_year(2026).minutes, start_of_year(2031).minutes}));
  ASSERT_EQ(read.traits.size(), 3U);
  EXPECT_THAT(read.traits[0], ElementsAre(0U));
  EXPECT_THAT(read.traits[1], ElementsAre(0U));
  EXPECT_THAT(read.traits[2], IsEmpty());
}

TEST_F(ReadChanges, PatternsStandForTransitions) {
  EXPECT_THAT(change(R"({transition: "* -> work", hazard_ratio: 2})").transitions,
              ElementsAre(TransitionId{0}, TransitionId{2}));
  EXPECT_THAT(change("{transition: aap -> *, hazard_ratio: 2}").transitions,
              ElementsAre(TransitionId{2}, TransitionId{3}));
  EXPECT_THAT(change("{transition: [work->aap, aap -> *], hazard_ratio: 2}").transitions,
              ElementsAre(TransitionId{1}, TransitionId{2}, TransitionId{3}));
  EXPECT_THAT(problems("{transition: work -> school, hazard_ratio: 2}"), ElementsAre(HasSubstr("no transition")));
  EXPECT_THAT(problems("{transition: retired -> *, hazard_ratio: 2}"), ElementsAre(HasSubstr("no transition")));
  EXPECT_THAT(problems("{transition: wrk -> aap, hazard_ratio: 2}"), ElementsAre(HasSubstr("`wrk`")));
  EXPECT_THAT(problems("{transition: [], hazard_ratio: 2}"), ElementsAre(HasSubstr("empty list")));
  EXPECT_THAT(problems("{transition: work, hazard_ratio: 2}"), ElementsAre(HasSubstr("is not a transition")));
}

TEST_F(ReadChanges, AnIntervalFixesTheLogNormal) {
  auto const read = change("{transition: aap -> work, hazard_ratio: {mean: 1.3, interval_95: [1.1, 1.6]}}");
  EXPECT_DOUBLE_EQ(read.ratio.mean, 1.3);
  EXPECT_DOUBLE_EQ(read.ratio.median, std::sqrt(1.1 * 1.6));
  ASSERT_TRUE(read.ratio.log_sd.has_value());
  EXPECT_NEAR(*read.ratio.log_sd, (std::log(1.6) - std::log(1.1)) / (2 * 1.959964), 1e-8);
  auto const ratio = [this](std::string const& text) {
    return problems("{transition: aap -> work, hazard_ratio: " + text + "}");
  };
  EXPECT_THAT(ratio("{mean: 1.7, interval_95: [1.1, 1.6]}"), ElementsAre(HasSubstr("lies outside")));
  EXPECT_THAT(ratio("{mean: 0.5, interval_95: [0, 1.6]}"), ElementsAre(HasSubstr("is no interval")));
  EXPECT_THAT(ratio("{mean: 1, interval_95: [1.6, 1.1]}"), ElementsAre(HasSubstr("is no interval")));
  EXPECT_THAT(ratio("{mean: 1, interval_95: [1.6]}"), ElementsAre(HasSubstr("list of two numbers")));
  EXPECT_THAT(ratio("{mean: 1}"), ElementsAre(HasSubstr("interval_95")));
  EXPECT_THAT(ratio("-1"), ElementsAre(HasSubstr("hazard_ratio")));
  EXPECT_THAT(ratio("0"), IsEmpty());
}

TEST_F(ReadChanges, SaysAllThatIsWrong) {
  EXPECT_THAT(
      problems(R"({transition: aap -> work, hazard_ratio: 1, region: "43", age: {from: 30, to: 18}, )"
               R"(traits: {sx: female, debt: 1, sex: femal}, form: 2026-01-01, from: 2030-01-01, to: 2026-01-01})"),
      ElementsAre(HasSubstr("`43`"), HasSubstr("ages end before"), HasSubstr("`sx`"), HasSubstr("`debt` is a number"),
                  HasSubstr("`femal`"), HasSubstr("ends before it begins"), HasSubstr("`form`")));
}

TEST_F(ReadChanges, WarnsOfChangesOutsideTheRun) {
  files.read("changes: [{transition: aap -> work, hazard_ratio: 2, from: 2040-01-01}]\n");
  EXPECT_FALSE(files.diagnostics.has_errors());
  EXPECT_THAT(files.texts(), ElementsAre(HasSubstr("outside the years of the run")));
}

TEST_F(ReadChanges, EqualChangesOfTwoScenariosShareTheirDraws) {
  std::string const one = "{transition: aap -> work, hazard_ratio: {mean: 1.3, interval_95: [1.1, 1.6]}}";
  auto const alone = change(one);
  auto const both = files.read("changes: [{transition: school -> work, hazard_ratio: 1}, " + one + ", " + one + "]\n");
  ASSERT_EQ(both.changes.size(), 3U);
  EXPECT_EQ(both.changes[1].stream, alone.stream);
  EXPECT_NE(both.changes[2].stream, alone.stream);
  EXPECT_NE(both.changes[0].stream, alone.stream);
}

TEST_F(ReadChanges, NamesServeOverrides) {
  auto const scenario = files.read("changes: [{name: ips, transition: aap -> work, hazard_ratio: 1.3}]\n",
                                   {parse_override("changes.ips.hazard_ratio=2")});
  EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
  EXPECT_DOUBLE_EQ(scenario.changes.at(0).ratio.mean, 2);
  EXPECT_EQ(scenario.changes.at(0).stream, stream_of("change:ips"));
  EXPECT_THAT(
      problems(
          "{name: a, transition: aap -> work, hazard_ratio: 1}, {name: a, transition: aap -> work, hazard_ratio: 1}"),
      ElementsAre(HasSubstr("two changes are named `a`")));
}

TEST_F(ReadChanges, AreAListOfMaps) {
  EXPECT_THAT(files.problems("changes: {transition: aap -> work}\n"), ElementsAre(HasSubstr("must be a list")));
  EXPECT_THAT(problems("faster"), ElementsAre(HasSubstr("must be a map")));
}

}  // namespace
}  // namespace utvei
