// SPDX-License-Identifier: Apache-2.0
#include <utvei/follow/follow.hpp>

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

/// A measure with steps of people in each of `runs` runs, and nothing else.
RunResult result_of_steps(std::size_t runs, bool is_assumed = false) {
  RunResult result;
  Dimension const draw{"draw", {"0"}};
  Dimension replicate{"replicate", {}};
  for (std::size_t r = 0; r < runs; ++r) replicate.labels.push_back(std::to_string(r));
  auto const add = [&](char const* name, std::int64_t mean) {
    std::vector<std::int64_t> values;
    for (std::size_t r = 0; r < runs; ++r)
      values.push_back(mean - static_cast<std::int64_t>(runs / 2) + static_cast<std::int64_t>(r));
    result.tables.push_back(
        {name, name, name, "1", {draw, replicate, {"measure", {"m"}}, {"year", {"2026"}}}, std::move(values)});
  };
  add("offers", 500);
  add("participants", 400);
  add("completions", 200);
  result.provenance.scenario_name = "planned";
  result.measures.push_back({"m", "", "Kurset", "Kurset", "The course"});
  if (is_assumed) result.provenance.assumed.push_back({"m", "a -> b", 1.3, true, false, false, {}});
  return result;
}

FollowPlan plan_of_steps(std::vector<PlanStep> const& steps) {
  FollowPlan plan;
  plan.label = same_in_all("Plan");
  plan.from = plan.until = 2026;
  plan.actors = {{"nav", "nav", same_in_all("NAV"), {}}, {"kommune", "municipality", same_in_all("Kommunen"), {}}};
  for (PlanStep const step : steps) {
    PlanIndicator indicator;
    indicator.name = name_of(step);
    indicator.label = label_of(step);
    indicator.measure = "m";
    indicator.step = step;
    indicator.actor = step == PlanStep::completed ? "kommune" : "nav";
    plan.indicators.push_back(indicator);
  }
  return plan;
}

FollowedPlan followed_by(RunResult const& result, FollowPlan const& plan, std::vector<double> const& numbers) {
  std::vector<ActualFigure> figures;
  for (std::size_t i = 0; i < numbers.size(); ++i) figures.push_back({2026, i, numbers[i], {}});
  Diagnostics diagnostics;
  FollowedPlan followed = follow_plan(plan, result, nullptr, figures, diagnostics);
  throw_if_errors(diagnostics);
  return followed;
}

std::vector<std::string> norwegian(std::vector<ReportText> const& sentences) {
  std::vector<std::string> texts;
  for (ReportText const& sentence : sentences) texts.push_back(sentence.nb);
  return texts;
}

std::vector<PlanStep> const three_steps{PlanStep::offered, PlanStep::started, PlanStep::completed};

TEST(PlanSentences, TellTheStepThatSlipped) {
  auto const followed = followed_by(result_of_steps(40), plan_of_steps(three_steps), {530, 300, 150});
  auto const said = norwegian(plan_sentences(followed, {}));
  EXPECT_THAT(said.front(),
              HasSubstr("Leddet som sviktet i 2026 (Kurset), er «begynte»: flere enn ventet fikk tilbud"));
  EXPECT_THAT(said.front(), HasSubstr("Det ble 300."));
  auto const of_other = norwegian(plan_sentences(followed, "kommune"));
  EXPECT_THAT(of_other, Each(Not(HasSubstr("«begynte»"))));
  EXPECT_THAT(of_other, Contains(HasSubstr("Ingen vurderte ledd sviktet")));
}

TEST(PlanSentences, DoNotMixWholeNumbersAndDecimals) {
  auto const whole = followed_by(result_of_steps(40), plan_of_steps(three_steps), {530, 300, 150});
  EXPECT_THAT(norwegian(plan_sentences(whole, {})), Each(Not(testing::ContainsRegex("ble 300,[0-9]|2026: 150,[0-9]"))));
  auto const parts = followed_by(result_of_steps(40), plan_of_steps(three_steps), {530.5, 300.25, 150.5});
  auto const said = norwegian(plan_sentences(parts, {}));
  EXPECT_THAT(said.front(), HasSubstr("Det ble 300,3."));
  EXPECT_THAT(said, Contains(testing::ContainsRegex("2026: 150,5, færre enn ventet .[0-9]+,[0-9] til [0-9]+,[0-9].")));
}

TEST(PlanSentences, SayNothingOfStepsThatAreNotJudged) {
  auto const few = followed_by(result_of_steps(20), plan_of_steps(three_steps), {500, 200, 200});
  auto const said = norwegian(plan_sentences(few, {}));
  EXPECT_THAT(said, Each(Not(HasSubstr("Ingen vurderte ledd sviktet"))));
  EXPECT_THAT(said, Contains(HasSubstr("3 ledd er ikke vurdert")));
  EXPECT_THAT(said, Contains(HasSubstr("et på 95 % krever 39")));
  auto const one = norwegian(plan_sentences(followed_by(result_of_steps(1), plan_of_steps(three_steps), {500}), {}));
  EXPECT_THAT(one, Contains(HasSubstr("Det er ingen bånd og ingen vurdering")));
}

TEST(PlanSentences, DoNotTellFoundAndOfferedApart) {
  auto const followed = followed_by(
      result_of_steps(40), plan_of_steps({PlanStep::found, PlanStep::offered, PlanStep::started}), {500, 499, 400});
  ASSERT_EQ(followed.steps.size(), 3U);
  EXPECT_EQ(followed.steps[1].verdict, PlanVerdict::none);
  EXPECT_FALSE(followed.steps[1].has_slipped);
  EXPECT_EQ(followed.steps[2].verdict, PlanVerdict::inside);
}

TEST(PlanSentences, SayThatAnEffectIsAssumed) {
  auto const followed = followed_by(result_of_steps(40, true), plan_of_steps(three_steps), {500});
  EXPECT_THAT(norwegian(plan_sentences(followed, "nav")),
              Contains(HasSubstr("Virkningen er antatt, ikke målt, for Kurset")));
}

TEST(PlanDocuments, AreOfOneActorAndLeadToTheOthers) {
  RunResult const result = result_of_steps(40);
  auto const followed = followed_by(result, plan_of_steps(three_steps), {530, 300, 150});
  ReportDocument const all = plan_document(followed, result, {});
  ReportDocument const one = plan_document(followed, result, "kommune");
  EXPECT_EQ(all.sections.back().figures.size(), 3U);
  EXPECT_EQ(one.sections.back().figures.size(), 1U);
  ASSERT_EQ(one.links.size(), 2U);
  EXPECT_EQ(one.links[0].path, "index.html");
  EXPECT_EQ(one.links[1].path, "nav.html");
  EXPECT_TRUE(untranslated(all).empty()) << untranslated(all).front();
  EXPECT_EQ(all.sections.front().figures.front().kind, "steps");
  EXPECT_EQ(all.sections.back().figures.front().kind, "plan_path");
}

TEST(PlanTables, HaveARowForEachFigureAndStep) {
  auto const followed = followed_by(result_of_steps(40), plan_of_steps(three_steps), {530, 300});
  EXPECT_THAT(plan_csv(followed), HasSubstr("offered,nav,m,offered,2026,499.5,"));
  EXPECT_THAT(plan_csv(followed), HasSubstr(",,530,above,1,\n"));
  EXPECT_THAT(steps_csv(followed), HasSubstr(",300,below,1\n"));
}

TEST(CompletedPlans, FollowAllStepsThatHappenWhereNoneIsNamed) {
  RunResult const result = result_of_steps(3);
  FollowPlan plan;
  Diagnostics diagnostics;
  complete_plan(plan, result, diagnostics);
  throw_if_errors(diagnostics);
  ASSERT_EQ(plan.indicators.size(), 3U);
  EXPECT_EQ(plan.indicators[1].name, "m_started");
  EXPECT_EQ(plan.indicators[1].label.nb, "Kurset: begynte");
  EXPECT_EQ(plan.actors.front().name, "nav");
  EXPECT_TRUE(plan.has_default_actors);
}

}  // namespace
}  // namespace utvei
