// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/render_comparison.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using ::testing::HasSubstr;

ComparisonRow row(std::string measure, std::string region, std::string state, double difference, double mc_se) {
  ComparisonRow row;
  row.scenario = "tiltak";
  row.measure_of = std::move(measure);
  row.region = std::move(region);
  row.state = std::move(state);
  row.baseline = 12'345.5;
  row.value = row.baseline + difference;
  row.difference = difference;
  row.mc_se = mc_se;
  return row;
}

Comparison example() {
  Comparison comparison;
  comparison.baseline = "grunnlag";
  comparison.scenarios = {"tiltak"};
  comparison.rows = {row("person_years", "", "work", 1'234.25, 20), row("person_years", "", "aap", -3, 20),
                     row("person_years", "", "school", 0, 0),       row("person_years", "0301", "work", 1'234.25, 20),
                     row("person_years", "0301", "aap", -3, 20),    row("person_years", "0301", "school", 0, 0)};
  comparison.states = {{"work", "work", "Arbeid", "", "Work"},
                       {"aap", "outside", "AAP", "", ""},
                       {"school", "education", "Skole", "Skule", ""}};
  comparison.region_names = {{"0301", "Oslo"}};
  comparison.units = {{"person_years", "years"}};
  comparison.notes = {{ComparisonNote::Kind::probability_is_monte_carlo, {}}};
  return comparison;
}

TEST(RenderText, TellsPlannersInBokmaal) {
  auto const text = render_text(example(), "nb");
  EXPECT_THAT(text, HasSubstr("Personår i hver tilstand, alle regioner"));
  EXPECT_THAT(text, HasSubstr("tiltak gir 1\u202f234 flere personår i arbeid (± 39,2)."));
  EXPECT_THAT(text, HasSubstr("tiltak gir 3,0 færre personår i AAP (± 39,2); kan ikke skilles fra null."));
  EXPECT_THAT(text, HasSubstr("tiltak gir ingen forskjell i skole."));
  EXPECT_THAT(text, HasSubstr("Oslo"));
  // The text has no column for the probability of better, so it does not say what that covers.
  EXPECT_THAT(text, HasSubstr("± er 95 % usikkerhet fra tilfeldighetene i simuleringen"));
  EXPECT_THAT(text, Not(HasSubstr("draws: 0")));
}

TEST(RenderText, TellsAStateFromTheGroupThatAReportCallsSo) {
  auto comparison = example();
  EXPECT_THAT(render_text(comparison, "nb"), Not(HasSubstr("tilstanden")));
  comparison.rows.push_back(row("person_years", "", "sick_leave", 10, 5));
  comparison.states.push_back({"sick_leave", "work", "Sykmeldt", "", ""});
  EXPECT_THAT(render_text(comparison, "nb"),
              AllOf(HasSubstr("Kort: tiltak gir 1\u202f234 flere personår i tilstanden «Arbeid» (± 39,2)."),
                    HasSubstr("er flere av dem sammen (Arbeid, Sykmeldt): forskjell 1\u202f244.")));
  EXPECT_THAT(render_text(comparison, "nn"),
              HasSubstr("er fleire av dei saman (Arbeid, Sykmeldt): skilnad 1\u202f244."));
  EXPECT_THAT(render_text(comparison, "en"), HasSubstr("more person-years in the state “Work” (± 39.2)."));
}

TEST(RenderText, SpeaksNynorskAndEnglish) {
  EXPECT_THAT(render_text(example(), "nn"), HasSubstr("tiltak gir ingen skilnad i skule."));
  EXPECT_THAT(render_text(example(), "en"), HasSubstr("tiltak gives 1,234 more person-years in work (± 39.2)."));
}

TEST(RenderText, HasNoEmptyBracketsWhereTheErrorIsNotKnown) {
  auto comparison = example();
  for (ComparisonRow& row : comparison.rows) row.mc_se.reset();
  auto const text = render_text(comparison, "nb");
  EXPECT_THAT(text, HasSubstr("tiltak gir 1\u202f234 flere personår i arbeid.\n"));
  EXPECT_THAT(text, HasSubstr("tiltak gir 3,0 færre personår i AAP.\n"));
  EXPECT_THAT(text, Not(HasSubstr("(")));
}

TEST(RenderCsv, HasTheAgreedColumns) {
  auto comparison = example();
  comparison.by = {"sex"};
  comparison.rows.resize(1);
  comparison.rows[0].by = {"fe\"male"};
  EXPECT_EQ(render_csv(comparison),
            "scenario,measure_of,region,year,state,baseline,value,difference,mc_se,low_95,high_95,count_low_95,"
            "count_high_95,probability_better,sex\n"
            "tiltak,person_years,,,work,12345.5,13579.75,1234.25,20,,,,,,\"fe\"\"male\"\n");
}

TEST(RenderJson, HasNullForAllAndUnknown) {
  auto const text = render_json(example(), "en");
  EXPECT_THAT(text, HasSubstr("\"region\": null"));
  EXPECT_THAT(text, HasSubstr("\"low_95\": null"));
  EXPECT_THAT(text, HasSubstr("\"difference\": 1234.25"));
}

TEST(RenderJson, SaysWhatEffectsRestOn) {
  Comparison comparison = example();
  EXPECT_THAT(render_json(comparison, "nb"), Not(HasSubstr("\"evidence\"")));
  comparison.evidence = {{{"coach", "Reme 2019", "M"}, {"course", "", ""}}};
  auto const json = nlohmann::json::parse(render_json(comparison, "nb"));
  auto const& evidence = json["evidence"][comparison.scenarios.front()];
  ASSERT_EQ(evidence.size(), 2U);
  EXPECT_EQ(evidence[0]["measure"], "coach");
  EXPECT_EQ(evidence[0]["source"], "Reme 2019");
  EXPECT_EQ(evidence[0]["confidence"], "M");
  EXPECT_TRUE(evidence[1]["source"].is_null());
}

/// 20 sequences of 30 people each, and 400 others: the 14 that are told have 42 per cent.
TEST(RenderText, LaysSequencesThatAreNotToldToTheOthers) {
  Comparison comparison = example();
  comparison.pathways.emplace_back();
  auto const add = [&](std::string const& name, double people) {
    ComparisonRow& of = comparison.rows.emplace_back(row("sequences", "", name, 0, 1));
    of.baseline = of.value = people;
  };
  for (char last = 'a'; last < 'a' + 20; ++last) add(std::string{"work > "} + last, 30);
  add("other", 400);
  auto const text = render_text(comparison, "en");
  EXPECT_THAT(text, HasSubstr("work → n"));
  EXPECT_THAT(text, Not(HasSubstr("work → o")));
  EXPECT_THAT(text, testing::ContainsRegex("other sequences +58\\.0 +58\\.0 +0"));
}

}  // namespace
}  // namespace utvei
