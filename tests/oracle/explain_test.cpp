// SPDX-License-Identifier: Apache-2.0
// What an effect is made of: each list sums to the whole, the transition that was changed is what parts people's lives,
// and where there is one transition alone the effect has its closed form.
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/results/explain.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view model_to_explain = R"(utvei: model/1
name: explained
states:
  job: {group: work}
  jobless: {group: outside}
  ill: {group: outside}
  gone: {absorbing: true}
traits: {sex: [female, male]}
transitions:
  - {from: jobless, to: job, rate_per_year: 0.6}
  - {from: jobless, to: ill, rate_per_year: 0.2}
  - {from: job, to: jobless, rate_per_year: 0.2}
  - {from: ill, to: job, rate_per_year: 0.1}
  - {from: job, to: gone, rate_per_year: 0.02}
)";

RunResult explained_run(std::string const& more, std::string_view model = model_to_explain) {
  return support::make_world(model, "start: 2025-03-01\nyears: 5\nseed: 3\npopulation: {persons: " +
                                        std::to_string(support::people_for_this_build(20'000)) +
                                        ", state: {jobless: 1, job: 1}, traits: {sex: {female: 1, male: 1}}}\n"
                                        "breakdowns: [[year, state], [sex, state]]\n" +
                                        more)
      .run();
}

double sum_of(std::vector<EffectPart> const& parts) {
  double sum = 0;
  for (EffectPart const& part : parts) sum += part.effect;
  return sum;
}

constexpr char faster[] = "changes: [{transition: jobless -> job, hazard_ratio: 1.4}]\nlife_courses: all\n";

TEST(ExplainedEffects, EachListSumsToTheWhole) {
  RunResult const before = explained_run("life_courses: all\n");
  RunResult const after = explained_run(faster);
  Explanation const why = explain(before, after, "outside");
  double const whole =
      sum(after, "person_years", {{"state", "jobless"}}) + sum(after, "person_years", {{"state", "ill"}}) -
      sum(before, "person_years", {{"state", "jobless"}}) - sum(before, "person_years", {{"state", "ill"}});
  EXPECT_LT(whole, 0);
  EXPECT_NEAR(why.total, whole, 1e-6);
  EXPECT_NEAR(sum_of(why.flows) + why.within_years, whole, 1e-6);
  // Flows are known by year, and most of the effect is which year they are in.
  EXPECT_LT(std::abs(why.within_years), 0.1 * std::abs(whole));
  ASSERT_EQ(why.people.size(), 2U);
  for (auto const& people : why.people) EXPECT_NEAR(sum_of(people.parts), whole, 1e-6) << people.dimension;
  ASSERT_TRUE(why.partings);
  EXPECT_NEAR(why.partings->total, whole, 1e-6);
  EXPECT_NEAR(sum_of(why.partings->happens) + sum_of(why.partings->fails), whole, 1e-6);
  EXPECT_NEAR(sum_of(why.partings->start_state), whole, 1e-6);
}

TEST(ExplainedEffects, LivesPartByTheTransitionThatWasChanged) {
  Explanation const why = explain(explained_run("life_courses: all\n"), explained_run(faster), "outside");
  ASSERT_EQ(why.partings->happens.size(), 1U);
  EXPECT_EQ(why.partings->happens.front().what, "jobless -> job");
  EXPECT_TRUE(why.partings->fails.empty());
  // The other way round it comes in the baseline first.
  Explanation const back = explain(explained_run(faster), explained_run("life_courses: all\n"), "outside");
  ASSERT_EQ(back.partings->fails.size(), 1U);
  EXPECT_TRUE(back.partings->happens.empty());
  EXPECT_NEAR(back.total, -why.total, 1e-6);
}

TEST(ExplainedEffects, NothingIsMadeOfNothing) {
  RunResult const before = explained_run("life_courses: all\n");
  Explanation const why = explain(before, before, "work");
  EXPECT_EQ(why.total, 0);
  EXPECT_EQ(why.partings->parted, 0U);
  for (EffectPart const& part : why.flows) EXPECT_EQ(part.effect, 0);
}

TEST(ExplainedEffects, OneTransitionHasItsClosedForm) {
  constexpr std::string_view one_way = R"(utvei: model/1
name: one_way
states: {jobless: {group: outside}, job: {absorbing: true}}
traits: {sex: [female, male]}
transitions: [{from: jobless, to: job, rate_per_year: 0.5}]
)";
  auto const time_outside = [](double rate) { return (1 - std::exp(-5 * rate)) / rate; };
  RunResult const before = explained_run("", one_way);
  Explanation const why =
      explain(before, explained_run("changes: [{transition: jobless -> job, hazard_ratio: 2}]\n", one_way), "jobless");
  double const people = sum(before, "persons") / 2;  // half of them have a job
  ASSERT_TRUE(why.mc_se);
  EXPECT_NEAR(why.total, people * (time_outside(1) - time_outside(0.5)), 4 * *why.mc_se);
  ASSERT_EQ(why.flows.size(), 1U);
  EXPECT_NEAR(why.flows.front().effect + why.within_years, why.total, 1e-6);
  EXPECT_FALSE(why.partings);
}

TEST(ExplainedEffects, AskForAStateOrAGroup) {
  RunResult const before = explained_run("");
  EXPECT_THROW(explain(before, before, "outsde"), InputError);
}

}  // namespace
}  // namespace utvei
