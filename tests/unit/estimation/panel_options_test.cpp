// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"
#include "unit/register/small_panel.hpp"

#include <utvei/estimation/panel_fit.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Options {
  PanelOptions options;
  std::string messages;
};

/// `estimate`: what stands under the key. The study has looks in months in the window 0 to 120.
Options options_of(std::string const& estimate) {
  SmallPanel small{std::string{panel_study} + "window: {from: 0, to: 120}\nestimate: " + estimate + "\n"};
  small.study = read_study((small.folder / "study.yaml").string(), {}, {}, small.diagnostics);
  auto options = read_panel_options(small.study, small.diagnostics);
  return {std::move(options), render(small.diagnostics)};
}

PanelOptions good(std::string const& estimate) {
  auto const [options, messages] = options_of(estimate);
  EXPECT_THAT(messages, testing::Not(HasSubstr("error")));
  return options;
}

TEST(PanelOptions, TermsAreForAllTransitionsUnlessSomeHaveTheirOwn) {
  auto const all = good("{terms: [debt, sex]}");
  for (auto const& traits : all.traits) EXPECT_THAT(traits, ElementsAre(debt, sex));
  auto const some = good(R"({terms: [sex], terms_for: {"b -> c": [debt], "c -> dead": []}})");
  EXPECT_THAT(some.traits.values(), ElementsAre(ElementsAre(sex), ElementsAre(sex), ElementsAre(debt), IsEmpty()));
  EXPECT_THAT(good("{}").traits.values(), testing::Each(IsEmpty()));
}

TEST(PanelOptions, CutsAndConstraints) {
  auto const options = good(R"({terms: [sex], cuts: [12, 60.5],
    constraints: {sex: [["a -> b", "b->c"]], period: [["a -> b", "b -> a"], ["b -> c", "c -> dead"]]}})");
  ASSERT_EQ(options.cuts.size(), 2U);
  EXPECT_EQ(options.cuts[1].time, 60.5);
  EXPECT_EQ(options.cuts[1].written, "60.5");
  ASSERT_EQ(options.constraints.size(), 3U);
  EXPECT_EQ(options.constraints[0].trait, sex);
  EXPECT_THAT(options.constraints[0].transitions, ElementsAre(TransitionId{0}, TransitionId{2}));
  EXPECT_FALSE(options.constraints[2].trait);
}

TEST(PanelOptions, CutsOfDatesArePointsOfTheCalendar) {
  SmallPanel small{std::string{panel_head} +
                   "sources:\n  - {file: panel.csv, id: person, date: t, state_from: {column: state}, kind: panel}\n"
                   "estimate: {cuts: [2015, 2016-07-01]}\n"};
  auto const study = read_study((small.folder / "study.yaml").string(), {}, {}, small.diagnostics);
  auto const options = read_panel_options(study, small.diagnostics);
  ASSERT_EQ(options.cuts.size(), 2U) << render(small.diagnostics);
  EXPECT_EQ(panel_instant(options.cuts[0].time, study.time), start_of_year(2015));
  EXPECT_EQ(panel_instant(options.cuts[1].time, study.time), *date(2016, 7, 1));
}

TEST(PanelOptions, RefusesWhatIsOfSpells) {
  auto const messages = options_of("{bands: {age: [20]}, region: fixed, method: raw, occupation: {by: sex}}").messages;
  for (auto const* const key : {"bands", "region", "method", "occupation"}) {
    EXPECT_THAT(messages, HasSubstr(std::string{"`"} + key + "` is of spells, and the study has a panel"));
  }
  EXPECT_THAT(options_of("{terms: [age, time_in_state, sexx]}").messages,
              AllOf(HasSubstr("`age` is no term of a panel"), HasSubstr("`time_in_state` is no term of a panel"),
                    HasSubstr("did you mean `sex`?")));
  EXPECT_THAT(options_of("{trems: [sex]}").messages, HasSubstr("did you mean `terms`?"));
}

TEST(PanelOptions, RefusesTermsWithoutATransitionOrAColumn) {
  EXPECT_THAT(options_of(R"({terms_for: {"a -> c": [sex]}})").messages,
              HasSubstr("`a -> c` is no transition of the model"));
  EXPECT_THAT(options_of("{terms_for: [sex]}").messages, HasSubstr("`terms_for` is not a map"));
  SmallPanel small{std::string{panel_head} +
                   "sources:\n  - {file: panel.csv, id: person, date: t, state_from: {column: state}, kind: panel}\n"
                   "estimate: {terms: [sex]}\n"};
  auto const study = read_study((small.folder / "study.yaml").string(), {}, {}, small.diagnostics);
  read_panel_options(study, small.diagnostics);
  EXPECT_THAT(render(small.diagnostics), HasSubstr("the study has no column for trait `sex`"));
}

TEST(PanelOptions, RefusesCutsThatDoNotRiseOrLieOutside) {
  EXPECT_THAT(options_of("{cuts: [24, 12]}").messages, HasSubstr("do not rise"));
  EXPECT_THAT(options_of("{cuts: [120]}").messages, HasSubstr("the cut lies outside the window"));
  EXPECT_THAT(options_of("{cuts: [soon]}").messages, HasSubstr("`soon` is not a point in time"));
  EXPECT_THAT(options_of("{cuts: 5}").messages, HasSubstr("`cuts` is not a list"));
}

TEST(PanelOptions, SaysThatCutsWithoutACalendarMakeNoRates) {
  EXPECT_THAT(options_of("{cuts: [12]}").messages, HasSubstr("warning: the rate file will hold no rates"));
}

TEST(PanelOptions, RefusesConstraintsThatShareNothing) {
  auto const wrong = [](std::string const& constraints) {
    return options_of(R"({terms: [sex], terms_for: {"b -> c": []}, constraints: )" + constraints + "}").messages;
  };
  EXPECT_THAT(wrong(R"({sex: [["a -> b", "b -> c"]]})"), HasSubstr("`sex` is no term of `b -> c`"));
  EXPECT_THAT(wrong(R"({sex: [["a -> b", "b -> a"], ["a -> b", "c -> dead"]]})"), HasSubstr("`a -> b` stands twice"));
  EXPECT_THAT(wrong(R"({sex: [["a -> b"]]})"), HasSubstr("a constraint needs two transitions or more"));
  EXPECT_THAT(wrong(R"({sex: ["a -> b", "b -> a"]})"), HasSubstr("the constraints of `sex` are not lists in a list"));
  EXPECT_THAT(wrong(R"({period: [["a -> b", "b -> a"]]})"), HasSubstr("there are no periods to share"));
  EXPECT_THAT(wrong("[sex]"), HasSubstr("`constraints` is not a map"));
}

}  // namespace
}  // namespace utvei
