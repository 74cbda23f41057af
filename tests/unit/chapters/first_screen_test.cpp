// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

#include <utvei/chapters/contents.hpp>
#include <utvei/chapters/write_report.hpp>

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<RunResult> labelled_results() {
  std::vector<RunResult> results{test::small_result(), test::small_result()};
  results[0].provenance.scenario_name = "baseline";
  results[0].provenance.scenario = "name: baseline\nlabel: {nb: Som i dag, nn: Som i dag, en: As today}\n";
  results[1].provenance.scenario_name = "coach";
  results[1].provenance.scenario = R"(name: coach
label: Jobbveileder
changes:
  - {transition: "* -> work", hazard_ratio: {mean: 1.5, interval_95: [1.1, 2]}, age: {to: 30}, from: 2026-01-01}
measures:
  - name: coach
    who: {state: aap, age: {from: 18, to: 40}, time_in_state: {at_least: 6 months}}
    runs: {from: 2026-01-01, until: "2031-07-01"}
    places: {per_region: {"4203": 12, "4204": 8}}
    uptake: 0.5
    lasts: {median: 1 month, at_most: 2 years}
    effects:
      - {transition: aap -> work, from_trial: {at: 12 months, control: 0.271, treated: 0.366}, after: {half_life: 24 months}}
      - {transition: aap -> disability, hazard_ratio: 0.9, assumed: true}
    evidence: {source: A trial, confidence: M}
)";
  for (Table& table : results[1].tables)
    if (table.name == "person_years") std::get<std::vector<double>>(table.values)[1] += 3;
  return results;
}

/// The results must outlive the document's making alone.
ReportDocument document_of(std::vector<RunResult> const& results) {
  Comparison const comparison = compare(results.front(), {&results.back()}, {});
  ReportMaterial material{results, comparison};
  material.command = "utvei report …";
  return write_report(material);
}

std::string fact_of(ReportAbout const& about, std::string const& what) {
  for (auto const& fact : about.facts)
    if (fact.what.nb == what) return fact.text.nb;
  return "";
}

TEST(FirstScreen, ScenariosAreCalledByTheirLabels) {
  ReportDocument const document = document_of(labelled_results());
  EXPECT_THAT(document.title.nb, HasSubstr("Jobbveileder mot som i dag"));
  EXPECT_THAT(document.title.en, HasSubstr("against as today"));
  EXPECT_EQ(document.scenarios[0].label.en, "As today");
  EXPECT_EQ(document.scenarios[1].name, "coach");
  EXPECT_EQ(document.scenarios[1].label.nn, "Jobbveileder");
  EXPECT_THAT(untranslated(document), IsEmpty());
}

TEST(FirstScreen, TooFewReplicatesToTellLuckFromAreSaid) {
  auto const results = labelled_results();
  Comparison comparison = compare(results.front(), {&results.back()}, {});
  ReportMaterial const material{results, comparison};
  auto const said = [&] { return Contents{material}.few_replicates().nb; };
  comparison.replicates = 2;
  EXPECT_EQ(said(), "") << "luck is that of groups of people";
  comparison.notes.push_back({ComparisonNote::Kind::places_couple_people, "coach"});
  EXPECT_THAT(said(), HasSubstr("av bare 2 gjentakelser: intervallene kan være mye for smale. Kjør minst 10."));
  comparison.draws = 9;
  EXPECT_EQ(said(), "");
  comparison.draws = 0;
  comparison.replicates = 10;
  EXPECT_EQ(said(), "");
}

TEST(FirstScreen, ADifferenceThatIsOffItsRoundedTermsSaysSo) {
  auto const of = [](double baseline, double value) {
    ComparisonRow row;
    row.baseline = baseline;
    row.value = value;
    row.difference = value - baseline;
    return amounts_of(row);
  };
  // 146.8 fewer are 147, of 24,148 and 24,002.
  EXPECT_EQ(of(24148.4, 24001.6).rounded.nb, ", avrundet hver for seg");
  EXPECT_EQ(of(24148.4, 24001.6).rounded.en, ", each rounded by itself");
  EXPECT_TRUE(of(24148.0, 24001.0).rounded.empty());
  EXPECT_TRUE(of(1200.1, 1234.3).rounded.empty()) << "34,2 of whole terms that differ by 34";
  EXPECT_TRUE(of(1200.4, 1235.0).rounded.empty()) << "34.6 of whole terms that differ by 35";
  EXPECT_TRUE(of(40.04, 30.0).rounded.empty());
  EXPECT_TRUE(of(5.0, 5.0).rounded.empty());
}

TEST(FirstScreen, TwoScenariosOfOneLabelKeepTheirNames) {
  auto results = labelled_results();
  results[1].provenance.scenario = "name: coach\nlabel: Som i dag\n";
  EXPECT_EQ(document_of(results).scenarios[1].label.nb, "Som i dag (coach)");
}

TEST(FirstScreen, AResultWithoutALabelIsCalledByItsName) {
  auto results = labelled_results();
  results[1].provenance.scenario.clear();
  EXPECT_EQ(document_of(results).scenarios[1].label.nb, "coach");
}

TEST(FirstScreen, SaysOfWhatTheNumbersAre) {
  auto results = labelled_results();
  EXPECT_THAT(document_of(results).notices[0].text.nb, HasSubstr("oppdiktede"));
  results[0].provenance.rows_with_status = 10;
  EXPECT_THAT(document_of(results).notices[0].text.nb, Not(HasSubstr("virkelige steder")));
  for (RunResult& result : results) result.provenance.data_class = "open";
  results[1].provenance.rows_with_status = 100;
  results[1].provenance.unverified_rows = 40;
  ReportDocument const document = document_of(results);
  ASSERT_EQ(document.notices.size(), 2U);
  EXPECT_EQ(document.notices[0].kind, "open");
  EXPECT_EQ(document.notices[1].kind, "unverified");
  EXPECT_THAT(document.notices[1].text.en, HasSubstr("40 of 100"));
}

TEST(FirstScreen, SaysWhomAMeasureIsForAndWhatItIsTakenToDo) {
  ReportDocument const document = document_of(labelled_results());
  ASSERT_EQ(document.about.size(), 2U);
  ReportAbout const& measure = document.about[0];
  EXPECT_THAT(fact_of(measure, "For hvem"),
              HasSubstr("fra 18 år til de fyller 40, alle steder, etter minst 6 måneder der"));
  EXPECT_EQ(fact_of(measure, "Når"), "fra 1. januar 2026 til 1. juli 2031");
  EXPECT_THAT(fact_of(measure, "Plasser"), HasSubstr("20 i alt: 12 i "));
  EXPECT_EQ(fact_of(measure, "Hvor mange som takker ja"), "50 av 100 som får tilbud");
  EXPECT_EQ(fact_of(measure, "Hvor lenge det varer"), "halvparten innen 1 måned, høyst 2 år");
  EXPECT_THAT(fact_of(measure, "Hva det gjør"),
              HasSubstr("27,1 av 100 var i arbeid uten og 36,6 med, etter 12 måneder"));
  EXPECT_THAT(fact_of(measure, "Hva det gjør"), HasSubstr("0,9 ganger så ofte; en antakelse"));
  EXPECT_EQ(fact_of(measure, "Hva det bygger på"), "A trial; middels god evidens (M)");
  ReportAbout const& change = document.about[1];
  EXPECT_THAT(fact_of(change, "Hva som endres"), HasSubstr("1,5 (95 %: 1,1 til 2) ganger så ofte"));
  EXPECT_EQ(fact_of(change, "Når"), "fra 1. januar 2026");
}

TEST(FirstScreen, WhatTheBaselineHasIsNoChange) {
  auto results = labelled_results();
  results[0].provenance.scenario = results[1].provenance.scenario;
  EXPECT_THAT(document_of(results).about, IsEmpty());
}

TEST(FirstScreen, YearsThatAreRunInPartAreMarked) {
  auto results = labelled_results();
  for (RunResult& result : results) {
    result.provenance.start = "2025-11-01";
    result.provenance.end = "2027-01-01";
  }
  ReportDocument const document = document_of(results);
  for (ReportSection const& section : document.sections)
    for (ReportFigure const& figure : section.figures) {
      if (figure.kind != "difference_bands" || figure.id.starts_with("difference-by")) continue;
      EXPECT_EQ(figure.options["partial_years"], nlohmann::ordered_json::array({2025}));
      EXPECT_THAT(figure.note.nb, HasSubstr("bare en del av 2025"));
    }
}

TEST(FirstScreen, ThereIsNoTableWithoutRowsAndNoPluralOfOne) {
  ReportDocument const document = document_of(labelled_results());
  for (ReportSection const& section : document.sections)
    for (ReportFigure const& figure : section.figures) {
      EXPECT_FALSE(figure.rows.empty()) << figure.id;
      EXPECT_THAT(figure.source.nb, Not(HasSubstr("1 gjentakelser"))) << figure.id;
      EXPECT_THAT(figure.source.nb, Not(HasSubstr("0 parametertrekk"))) << figure.id;
    }
}

}  // namespace
}  // namespace utvei
