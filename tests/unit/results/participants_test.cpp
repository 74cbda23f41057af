// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/compare.hpp>
#include <utvei/results/render_comparison.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::Not;
using Values = std::vector<std::int64_t>;

/// Of two runs, in one state of two: 600 began from aap, and of 400 whom the run follows for a year 100 are in work.
RunResult with_participants(std::string const& name, bool has_measure) {
  RunResult result;
  result.provenance.scenario_name = name;
  result.states = {{"aap", "outside", "AAP", "AAP", "AAP"}, {"work", "work", "Arbeid", "Arbeid", "Work"}};
  Dimension const runs{"draw", {"0", "1"}};
  Dimension const states{"state", {"aap", "work"}};
  result.tables.push_back(
      {"person_years", "person_years", "", "years", {runs, states}, std::vector<double>{1, 2, 3, 4}});
  if (!has_measure) return result;
  result.measures = {{"ips", "", "Jobbstøtte", "Jobbstøtte", "Job support"}};
  Dimension const measure{"measure", {"ips"}};
  result.tables.push_back({"participants", "participants", "", "1", {runs, measure}, Values{500, 700}});
  result.tables.push_back(
      {"participants_by_state", "participants_by_state", "", "1", {runs, measure, states}, Values{500, 0, 700, 0}});
  result.tables.push_back({"after_start",
                           "after_start",
                           "",
                           "1",
                           {runs, measure, {"months_after_start", {"12", "24"}}, states},
                           Values{300, 60, 0, 0, 300, 140, 0, 0}});
  return result;
}

Comparison compared() {
  static auto const baseline = with_participants("base", false);
  static auto const scenario = with_participants("ips", true);
  return compare(baseline, {&scenario}, {});
}

TEST(Participants, AreSummarisedAndNotCompared) {
  Comparison const comparison = compared();
  for (ComparisonRow const& row : comparison.rows) EXPECT_THAT(row.measure_of, Not(HasSubstr("participants_by")));
  ParticipantSummary const& summary = comparison.participants.at(0);
  ASSERT_EQ(summary.began.size(), 1U);
  EXPECT_EQ(summary.began[0].all, 600);
  ASSERT_EQ(summary.later.size(), 2U);
  EXPECT_EQ(summary.later[0].months, 12);
  EXPECT_EQ(summary.later[0].followed, 400);
  EXPECT_EQ(summary.later[0].people.at(1).people, 100);
  EXPECT_EQ(summary.later[1].followed, 0);
}

TEST(Participants, AreToldInText) {
  std::string const text = render_text(compared(), "en");
  EXPECT_THAT(text, HasSubstr("Job support (600 began): AAP 100 %"));
  EXPECT_THAT(text, HasSubstr("  after 12 months (400 followed): AAP 75 %, work 25 %\n"));
  EXPECT_THAT(text, Not(HasSubstr("after 24 months"))) << "nobody was followed so long";
  EXPECT_THAT(render_text(compared(), "nb"), HasSubstr("etter 12 måneder (400 fulgt): AAP 75 %, arbeid 25 %"));
  EXPECT_THAT(render_text(compared(), "nn"), HasSubstr("etter 12 månader (400 følgde)"));
}

TEST(Participants, AreToldInJson) {
  std::string const json = render_json(compared(), "en");
  EXPECT_THAT(json, HasSubstr("\"months_after_start\": 12"));
  EXPECT_THAT(json, HasSubstr("\"followed\": 400.0"));
}

TEST(Participants, WhatIsHiddenIsToldAsOther) {
  Comparison comparison = compared();
  comparison.participants[0].later[0].people[1].people.reset();
  EXPECT_THAT(render_text(comparison, "en"), HasSubstr("(400 followed): AAP 75 %, other 25 %"));
  comparison.participants[0].began[0].all.reset();
  EXPECT_THAT(render_text(comparison, "en"), Not(HasSubstr("Who began")));
}

}  // namespace
}  // namespace utvei
