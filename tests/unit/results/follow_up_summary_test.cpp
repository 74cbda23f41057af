// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/results/follow_up_summary.hpp"

#include <utvei/results/render_comparison.hpp>

#include <cmath>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::HasSubstr;

struct MeasuredGroup {
  std::int64_t persons;
  double sum;
};

FollowUpSummary summed(RunResult const& before, RunResult const& after) {
  std::vector<ComparisonNote> notes;
  return summarise_follow_ups(before, after, notes);
}

/// Of one score in one wave.
RunResult measured(std::vector<MeasuredGroup> const& groups, std::string const& name) {
  RunResult result;
  result.provenance.scenario_name = name;
  result.scores.push_back({"soc", "more", "KASAM", "KASAM", "sense of coherence"});
  result.waves.push_back(
      {"f: start", "f", "oppfølging, ved start", "oppfølging, ved start", "follow-up, at the start"});
  std::vector<std::int64_t> persons;
  std::vector<double> sums;
  MeasuredGroup all{0, 0};
  for (MeasuredGroup const& group : groups) {
    persons.push_back(group.persons);
    sums.push_back(group.sum);
    all.persons += group.persons;
    all.sum += group.sum;
  }
  Dimension parts{"group", {}};
  for (std::size_t g = 0; g < groups.size(); ++g) parts.labels.push_back(std::to_string(g));
  Dimension const draw{"draw", {"0"}};
  Dimension const score{"score", {"soc"}};
  Dimension const wave{"wave", {"f: start"}};
  for (char const* const quantity : {"score_persons", "score_change_persons"}) {
    result.tables.push_back({quantity, quantity, "", "1", {draw, score, wave}, std::vector<std::int64_t>{all.persons}});
    result.group_tables.push_back({quantity, quantity, "", "1", {draw, parts, score, wave}, persons});
  }
  for (char const* const quantity : {"score_sum", "score_change_sum"}) {
    result.tables.push_back({quantity, quantity, "", "points", {draw, score, wave}, std::vector<double>{all.sum}});
    result.group_tables.push_back({quantity, quantity, "", "points", {draw, parts, score, wave}, sums});
  }
  return result;
}

TEST(FollowUpSummary, ComparesMeansWithTheJackknifesError) {
  RunResult const before = measured({{10, 500}, {20, 1000}, {10, 500}}, "before");
  RunResult const after = measured({{10, 520}, {20, 1080}, {10, 560}}, "after");
  FollowUpSummary const summary = summed(before, after);
  ASSERT_EQ(summary.scores.size(), 1U);
  FollowedMean const& mean = summary.scores.front();
  EXPECT_EQ(mean.persons, 40);
  EXPECT_DOUBLE_EQ(*mean.baseline, 50);
  EXPECT_DOUBLE_EQ(*mean.value, 54);
  EXPECT_DOUBLE_EQ(*mean.difference, 4);
  // Without a group the mean is 1640/30, 1080/20 or 1600/30.
  double const left_out[]{1640.0 / 30, 54, 1600.0 / 30};
  double const middle = (left_out[0] + left_out[1] + left_out[2]) / 3;
  double variance = 0;
  for (double const one : left_out) variance += 2.0 / 3 * (one - middle) * (one - middle);
  EXPECT_NEAR(*mean.mc_se, std::sqrt(variance), 1e-12);
}

TEST(FollowUpSummary, SaysNoErrorWherePlacesCouplePeople) {
  RunResult const before = measured({{10, 500}, {20, 1000}}, "before");
  RunResult after = measured({{10, 520}, {20, 1080}}, "after");
  after.provenance.places_couple_people = true;
  FollowUpSummary const summary = summed(before, after);
  EXPECT_DOUBLE_EQ(*summary.scores.front().difference, summary.scores.front().value.value() - 50);
  EXPECT_FALSE(summary.scores.front().mc_se.has_value());
}

TEST(FollowUpSummary, HasNoDifferenceWhereNobodyIsMeasured) {
  RunResult const before = measured({{0, 0}, {0, 0}}, "before");
  RunResult const after = measured({{10, 520}, {20, 1080}}, "after");
  FollowUpSummary const summary = summed(before, after);
  EXPECT_FALSE(summary.scores.front().baseline.has_value());
  EXPECT_FALSE(summary.scores.front().difference.has_value());
  EXPECT_NEAR(*summary.scores.front().value, 1600.0 / 30, 1e-12);
}

TEST(FollowUpSummary, HasWhatTheBaselineLacks) {
  RunResult const after = measured({{10, 520}, {20, 1080}}, "after");
  RunResult before;
  FollowUpSummary const summary = summed(before, after);
  ASSERT_EQ(summary.scores.size(), 1U);
  EXPECT_FALSE(summary.scores.front().baseline.has_value());
}

/// Ten people: in month 1 two have the event, two are lost; in month 2 three have it, and one dies.
RunResult with_events(std::string const& name) {
  RunResult result;
  result.provenance.scenario_name = name;
  result.events.push_back({"job", "more", "første jobb", "første jobb", "first job"});
  Dimension const draw{"draw", {"0"}};
  Dimension const event{"event", {"job"}};
  Dimension months{"months", {}};
  for (int month = 0; month <= 6; ++month) months.labels.push_back(std::to_string(month));
  Dimension const outcome{"event_outcome", {"happened", "ended_otherwise", "not_followed", "not_yet"}};
  result.tables.push_back({"event_persons", "event_persons", "", "1", {draw, event}, std::vector<std::int64_t>{10}});
  std::vector<std::int64_t> ends(28, 0);
  ends[4] = 2;
  ends[6] = 2;
  ends[8] = 3;
  ends[9] = 1;
  ends[15] = 2;  // followed for three months
  result.tables.push_back({"event_times", "event_times", "", "1", {draw, event, months, outcome}, ends});
  return result;
}

TEST(FollowUpSummary, CountsHalfAMonthOfThoseWhoAreLostInIt) {
  FollowUpSummary const summary = summed(with_events("a"), with_events("b"));
  ASSERT_EQ(summary.events.size(), 1U);  // people are followed for three months
  FollowedMean const& mean = summary.events.front();
  EXPECT_EQ(mean.at, "3");
  double const first = 2.0 / 9;
  EXPECT_NEAR(*mean.value, first + (1 - first) * 3.0 / 6, 1e-12);
  EXPECT_EQ(*mean.difference, 0);
}

TEST(FollowUpSummary, ShowsNoTimeThatNobodyIsFollowedTo) {
  // Of ten people, none is left after three months.
  FollowUpSummary const summary = summed(with_events("a"), with_events("b"));
  EXPECT_EQ(summary.events.back().at, "3");
  EXPECT_EQ(summary.events.back().at_risk, 2);
}

TEST(FollowUpSummary, DoesNotCompareWhatIsNotTheSame) {
  RunResult before = with_events("a");
  RunResult after = with_events("b");
  before.provenance.scenario = "events:\n  job: {since: run, comes_to: work, label: {nb: jobb}}\n";
  after.provenance.scenario = "events:\n  job: {since: run, comes_to: work, label: {nb: arbeid}}\n";
  EXPECT_TRUE(summed(before, after).events.front().difference.has_value());
  after.provenance.scenario = "events:\n  job: {since: run, comes_to: work, for: 1 year}\n";
  std::vector<ComparisonNote> notes;
  FollowUpSummary const summary = summarise_follow_ups(before, after, notes);
  EXPECT_FALSE(summary.events.front().difference.has_value());
  ASSERT_FALSE(notes.empty());
  EXPECT_EQ(notes.front().kind, ComparisonNote::Kind::other_follow_up);
}

TEST(FollowUpSummary, IsReadableInThreeLanguages) {
  Comparison comparison;
  comparison.baseline = "a";
  comparison.scenarios = {"b"};
  comparison.follow_ups.push_back(summed(with_events("a"), with_events("b")));
  comparison.follow_ups.front().scores =
      summed(measured({{10, 500}, {20, 1000}}, "a"), measured({{10, 520}, {20, 1080}}, "b")).scores;
  comparison.follow_ups.front().score_names.push_back({"soc", "more", "KASAM", "KASAM", "sense of coherence"});
  std::string const nb = render_text(comparison, "nb");
  EXPECT_THAT(nb, HasSubstr("Skår over tid: KASAM"));
  EXPECT_THAT(nb, HasSubstr("Hendelser: andel som har opplevd det, prosent"));
  EXPECT_THAT(nb, HasSubstr("første jobb"));
  EXPECT_THAT(render_text(comparison, "nn"), HasSubstr("Hendingar"));
  EXPECT_THAT(render_text(comparison, "en"), HasSubstr("Events: share to whom it has happened"));
}

}  // namespace
}  // namespace utvei
