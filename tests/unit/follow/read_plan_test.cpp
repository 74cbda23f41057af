// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"

#include <utvei/follow/follow.hpp>

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;

FollowPlan plan_of_two() {
  FollowPlan plan;
  plan.from = 2026;
  plan.until = 2028;
  plan.region = "4203";
  for (char const* const name : {"began", "ended"}) {
    PlanIndicator indicator;
    indicator.name = name;
    plan.indicators.push_back(indicator);
  }
  return plan;
}

struct ReadFigures {
  std::vector<ActualFigure> figures;
  std::string problems;
};

ReadFigures read_figures(std::string const& csv) {
  support::TempFolder const folder;
  ReadFigures read;
  Diagnostics diagnostics;
  read_actual(folder.write("actual.csv", csv), plan_of_two(), read.figures, diagnostics);
  for (Diagnostic const& each : diagnostics.all()) read.problems += each.problem + "; " + each.suggestion + "\n";
  return read;
}

TEST(ActualFigures, HaveADecimalCommaBesideSemicolons) {
  auto const read =
      read_figures("year;indicator;actual;region;as_of\n2026;began;12,5;4203;\n2027;began;3;;2027-08-31\n");
  ASSERT_EQ(read.problems, "");
  ASSERT_EQ(read.figures.size(), 2U);
  EXPECT_EQ(read.figures[0].number, 12.5);
  EXPECT_EQ(read.figures[1].as_of, "2027-08-31");
}

TEST(ActualFigures, ThatAreNotKnownAreNoZero) {
  auto const read = read_figures("year,indicator,actual\n2026,began,.\n2026,ended,:\n2027,began,\n");
  ASSERT_EQ(read.problems, "");
  for (ActualFigure const& figure : read.figures) EXPECT_FALSE(figure.number);
}

TEST(ActualFigures, SayAllThatIsWrongAtOnce) {
  auto const read = read_figures(
      "year;indicator;actual;as_of;region\n2031;began;1;;\n2026;begann;1;;\n2026;ended;many;;\n2026;ended;-1;;\n"
      "2027;ended;1;2027-13-01;\n2028;ended;1;;0301\n2026;began;1;;\n2026;began;2;;\n");
  for (char const* const part : {"`2031` is no year of the plan; it goes from 2026 to 2028",
                                 "no indicator `begann` in the plan; did you mean `began`?",
                                 "`many` is no number of 0 or more", "`-1` is no number", "`2027-13-01` is no date",
                                 "the plan is not of region `0301`", "a second figure of `began` in 2026"})
    EXPECT_THAT(read.problems, HasSubstr(part));
}

FollowPlan read_text(std::string const& text, Diagnostics& diagnostics) {
  support::TempFolder const folder;
  return read_plan(folder.write("plan.yaml", "utvei: plan/1\nname: p\nscenario: s.yaml\n" + text), {}, diagnostics);
}

TEST(Plans, HaveActorsAndIndicators) {
  Diagnostics diagnostics;
  FollowPlan const plan = read_text(
      "baseline: runs/b.h5\nyears: {from: 2026, to: 2030}\nactors: {nav: {kind: nav, label: NAV Skien, contact: "
      "a@b.example}}\n"
      "indicators:\n  - {name: began, measure: m, step: started, actor: nav, definition: {nb: Begynte.}}\n"
      "  - {name: later, measure: m, step: in_work, outcome: \"after_end,months_after_end=6,state=work\", actor: "
      "nav}\n",
      diagnostics);
  ASSERT_TRUE(diagnostics.all().empty());
  EXPECT_THAT(plan.baseline->path, HasSubstr("runs/b.h5"));
  EXPECT_EQ(plan.actors.front().contact, "a@b.example");
  EXPECT_EQ(plan.indicators[0].step, PlanStep::started);
  EXPECT_EQ(plan.indicators[0].definition.nn, "Begynte.");
  EXPECT_TRUE(plan.indicators[0].unit.empty());
}

TEST(Plans, SayWhatIsWrong) {
  Diagnostics diagnostics;
  read_text(
      "years: {from: 2030, to: 2026}\nactors: {index: {kind: navv}}\nindicators:\n  - {name: a, measure: m, actor: "
      "nav}\n"
      "  - {name: a, outcome: stock, actor: index}\n",
      diagnostics);
  std::string problems;
  for (Diagnostic const& each : diagnostics.all()) problems += each.problem + "\n";
  for (char const* const part : {"`to` lies before `from`", "an actor cannot be called `index`", "no actor `nav`",
                                 "an indicator is a `step` of a `measure`, or an `outcome`", "a second indicator `a`"})
    EXPECT_THAT(problems, HasSubstr(part));
}

}  // namespace
}  // namespace utvei
