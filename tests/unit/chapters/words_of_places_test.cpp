// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/chapters/parts.hpp"
#include "small_result.hpp"

#include <utvei/chapters/write_report.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view two_measures = R"(name: mix
label: Blandingen
years: 3
measures:
  - name: coach
    label: {nb: Jobbveileder, nn: Jobbrettleiar, en: Job coach}
    who: {state: aap}
    runs: {from: 2026-01-01}
    places: {total: 10}
    effects: [{transition: work -> aap, hazard_ratio: {mean: 0.8, interval_95: [0.6, 1]}}]
    evidence: {source: A trial, confidence: M, note: {nb: bare retningen, en: the sign alone}}
  - name: course
    label: {nb: Kurs, nn: Kurs, en: Course}
    who: {state: aap}
    runs: {from: 2027-01-01}
    places: {per_region: {"0301": 12, "4204": 8}}
    effects: [{transition: aap -> work, hazard_ratio: 1, assumed: true}]
)";

/// Thousands of people in each place, and 40 fewer of them on a benefit from 2026 on, 30 of these in the first place.
std::vector<RunResult> results_of_places() {
  std::vector<RunResult> results{test::small_result(), test::small_result()};
  results[0].provenance.scenario_name = "baseline";
  results[1].provenance.scenario_name = "mix";
  results[1].provenance.scenario = two_measures;
  results[1].measures = {{"coach", "", "Jobbveileder", "Jobbrettleiar", "Job coach"},
                         {"course", "", "Kurs", "Kurs", "Course"}};
  constexpr double many = 1000;
  for (RunResult& result : results) {
    result.group_tables.clear();
    for (Table& table : result.tables)
      if (table.name == "person_years")
        for (double& years : std::get<std::vector<double>>(table.values)) years = many + years;
  }
  for (Table& table : results[1].tables)
    if (table.name == "person_years") {
      // By region, year and state; states are school, work and aap.
      auto& years = std::get<std::vector<double>>(table.values);
      for (auto const& [cell, fewer] : {std::pair{5, 10.0}, std::pair{8, 20.0}, std::pair{17, 10.0}}) {
        years[static_cast<std::size_t>(cell)] -= fewer;
        years[static_cast<std::size_t>(cell) - 1] += fewer;
      }
    }
  return results;
}

Regions norway() {
  Regions regions;
  RegionId const oslo = regions.add({"03", {}, "county", "Oslo", "", "", {}, {}, {}});
  RegionId const agder = regions.add({"42", {}, "county", "Agder", "", "", {}, {}, {}});
  regions.add({"0301", oslo, "municipality", "Oslo by", "", "", {}, {}, {}});
  regions.add({"4204", agder, "municipality", "Kristiansand", "", "", {}, {}, {}});
  regions.add({"4201", agder, "municipality", "Risør", "", "", {}, {}, {}});
  return regions;
}

ReportDocument document_of_places(std::vector<RunResult> const& results, Regions const* regions = nullptr) {
  std::vector<RunResult const*> scenarios;
  for (std::size_t i = 1; i < results.size(); ++i) scenarios.push_back(&results[i]);
  Comparison const comparison = compare(results.front(), scenarios, {});
  ReportMaterial material{results, comparison};
  material.regions = regions;
  material.command = "utvei report …";
  return write_report(material);
}

ReportFigure const& figure_with_id(ReportDocument const& document, std::string const& id) {
  for (ReportSection const& section : document.sections)
    for (ReportFigure const& figure : section.figures)
      if (figure.id == id) return figure;
  throw std::out_of_range{id};
}

ReportChapter const& chapter_in(ReportDocument const& document, std::string const& id) {
  return *std::ranges::find(document.plan, id, &ReportChapter::id);
}

TEST(WordsOfPlaces, SayAllInThreeLanguages) {
  EXPECT_THAT(untranslated(document_of_places(results_of_places())), IsEmpty());
}

TEST(WordsOfPlaces, RegionsHaveAKind) {
  EXPECT_EQ(document_of_places(results_of_places()).region_kind, "municipality");
  auto counties = results_of_places();
  for (RunResult& result : counties)
    for (Table& table : result.tables)
      for (Dimension& dimension : table.dimensions)
        if (dimension.name == "region") dimension.labels = {"03", "42"};
  Regions const regions = norway();
  ReportDocument const document = document_of_places(counties, &regions);
  EXPECT_EQ(document.region_kind, "county");
  std::vector<std::string> names;
  for (ReportMunicipality const& one : document.municipalities)
    names.push_back(one.region + " " + one.code + " " + one.name);
  EXPECT_THAT(names, ElementsAre("42 4204 Kristiansand", "03 0301 Oslo by", "42 4201 Risør"));
}

TEST(WordsOfPlaces, FiguresSayWhatTheyShowOfAPlace) {
  ReportDocument const document = document_of_places(results_of_places());
  ReportFigure const& outside = figure_with_id(document, "difference-outside");
  EXPECT_THAT(outside.sentences.at("0301").nb, HasSubstr("Oslo: Blandingen gir 30,0 færre personår"));
  EXPECT_THAT(outside.sentences.at("4204").en, HasSubstr("Blandingen: 10.0 fewer person-years"));
  EXPECT_THAT(figure_with_id(document, "difference-work").sentences.at("0301").nn,
              HasSubstr("30,0 fleire personår i arbeid"));
  EXPECT_THAT(figure_with_id(document, "people-by-state").sentences.at("4204").nb, HasSubstr("Kristiansand"));
}

TEST(WordsOfPlaces, AGroupIsToldFromTheStateOfItsName) {
  auto results = results_of_places();
  auto const of_work = [&] { return figure_with_id(document_of_places(results), "difference-work").sentence; };
  EXPECT_THAT(of_work().nb, HasSubstr("personår i arbeid i 2025"));
  for (RunResult& result : results) result.states[2].group = "work";
  for (double& years : std::get<std::vector<double>>(results[1].tables[1].values)) years += 1;
  EXPECT_THAT(of_work().nb, HasSubstr("personår i arbeid (tilstanden «Arbeid» og 1 til) i 2025"));
  EXPECT_THAT(of_work().en, HasSubstr("person-years in work (the state “Work” and 1 more) in 2025"));
}

TEST(WordsOfPlaces, ThePlanHasNumbersOfThePlace) {
  ReportDocument const document = document_of_places(results_of_places());
  for (char const* const id : {"problem", "effects", "overall"}) {
    ReportParagraph const& first = chapter_in(document, id).paragraphs.at(0);
    ASSERT_TRUE(first.by_region.contains("0301")) << id;
    EXPECT_THAT(first.by_region.at("0301").nb, HasSubstr("Oslo:")) << id;
    EXPECT_THAT(first.text.nb, Not(HasSubstr("Oslo:"))) << id;
  }
}

/// The state pays two thirds of what it does in all for those of the first place.
Comparison with_money(Comparison comparison, std::string const& scenario) {
  comparison.money = {MoneySummary{}};
  comparison.money[0]->present_year = 2025;
  constexpr double millions = -3e6;
  for (auto const& [region, amount] : {std::pair{"", millions}, std::pair{"0301", 2 * millions / 3}})
    for (char const* const ledger : {"state", "society"}) {
      ComparisonRow row;
      row.scenario = scenario;
      row.measure_of = "present_value";
      row.region = region;
      row.state = ledger;
      row.difference = amount;
      comparison.rows.push_back(row);
    }
  return comparison;
}

TEST(WordsOfPlaces, WhoPaysForAPlaceStandsOnTheFirstScreenWhereItIsKnown) {
  auto const results = results_of_places();
  Comparison const comparison = with_money(compare(results.front(), {&results[1]}, {}), "mix");
  ReportMaterial const material{results, comparison};
  Contents const contents{material};
  auto const leads = lead_by_place(contents);
  ASSERT_TRUE(leads.contains("0301"));
  ASSERT_EQ(leads.at("0301").size(), lead_sentences(contents).size());
  EXPECT_THAT(leads.at("0301").back().nb, HasSubstr("Oslo: Blandingen, alt medregnet (nåverdi i 2025): det koster "
                                                    "staten 2,0 millioner kroner."));
  EXPECT_THAT(lead_sentences(contents).back().nb, HasSubstr("det koster staten 3,0 millioner kroner."));
  ASSERT_TRUE(leads.contains("4204"));
  EXPECT_TRUE(leads.at("4204").back().empty()) << "there that of all stays";
}

TEST(WordsOfPlaces, AveragesBeginWithTheFirstMeasure) {
  ReportDocument const document = document_of_places(results_of_places());
  EXPECT_EQ(figure_with_id(document, "difference-outside").from_year, 2026);
  // 40 person-years in the two years from 2026 on, not in all three.
  EXPECT_THAT(document.lead[0].nb,
              HasSubstr("20,0 færre mennesker utenfor arbeid og utdanning, i snitt fra 2026 til 2027."));
  EXPECT_THAT(document.lead[0].en, HasSubstr("on average from 2026 to 2027."));
}

TEST(WordsOfPlaces, WhatDiffersInAllYearsBeginsWithTheRun) {
  auto results = results_of_places();
  results[1].provenance.scenario += "needs: {housing: {share: 0.1}}\n";
  EXPECT_EQ(figure_with_id(document_of_places(results), "difference-outside").from_year, 2025);
}

TEST(WordsOfPlaces, MeasuresThatWereRunTogetherAreNotTakenApart) {
  ReportDocument const document = document_of_places(results_of_places());
  EXPECT_THAT(document.lead[1].nb, HasSubstr("Hvor mye hvert av de 2 tiltakene gir, kan rapporten ikke si"));
  std::vector<std::string> commands;
  for (auto const& row : figure_with_id(document, "left-out").rows) commands.push_back(std::get<std::string>(row[2]));
  EXPECT_THAT(commands, Contains(HasSubstr("--set measures.course=null --set name=coach_alone")));
}

TEST(WordsOfPlaces, AMeasureThatAnotherScenarioHasAloneIsTold) {
  auto results = results_of_places();
  results.push_back(results[1]);
  results[2].provenance.scenario_name = "alone";
  results[2].provenance.scenario = std::string{two_measures.substr(0, two_measures.find("  - name: course"))};
  EXPECT_THAT(document_of_places(results).lead[1].nb, HasSubstr("Jobbveileder: 40,0 færre"));
}

TEST(WordsOfPlaces, AMeasureWithoutEffectIsOnTheFirstScreen) {
  ReportDocument const document = document_of_places(results_of_places());
  EXPECT_THAT(document.lead[1].nb, HasSubstr("Kurs er antatt ikke å endre hvor folk er; det tar 20 plasser."));
  EXPECT_THAT(document.lead[1].nb, Not(HasSubstr("Jobbveileder er antatt")));
}

TEST(WordsOfPlaces, TheMeasureThatActsOnAWayIsNamed) {
  auto results = results_of_places();
  for (Table& table : results[1].tables)
    if (table.name == "transitions") std::get<std::vector<std::int64_t>>(table.values)[1] -= 1;
  std::string const sentence = figure_with_id(document_of_places(results), "moves").sentence.nb;
  EXPECT_THAT(sentence, HasSubstr("Av tiltakene er det bare jobbveileder som virker på den veien."));
  EXPECT_THAT(sentence, HasSubstr("med endringen og"));
}

TEST(WordsOfPlaces, SmallDifferencesHaveADecimal) {
  auto results = results_of_places();
  results[1].tables = results[0].tables;
  for (Table& table : results[1].tables)
    if (table.name == "person_years") std::get<std::vector<double>>(table.values)[5] -= 0.25;
  EXPECT_THAT(figure_with_id(document_of_places(results), "difference-outside").sentence.nb,
              testing::ContainsRegex("0,[23] færre .*: 6.*014,[0-9] mot 6.*014,[0-9]"));
}

TEST(WordsOfPlaces, WithoutIntervalsTheirRuleIsNotClaimed) {
  ReportFigure const& places = figure_with_id(document_of_places(results_of_places()), "difference-by-place");
  EXPECT_THAT(places.definition.nb, Not(HasSubstr("80 %")));
  EXPECT_THAT(places.definition.nb, HasSubstr("Resultatene har ingen intervaller"));
}

TEST(WordsOfPlaces, TheMeasureWithEvidenceIsSetApartFromThatWithout) {
  auto results = results_of_places();
  results[1].provenance.assumed = {{"course", "aap -> work", 1.3, true, false, false}};
  ReportDocument const document = document_of_places(results);
  EXPECT_THAT(document.lead[1].nb, HasSubstr("Virkningen av kurs er en forutsetning"));
  EXPECT_THAT(document.lead[1].nb,
              HasSubstr("Virkningen av jobbveileder er bedre kjent, med middels god evidens: A trial; "
                        "bare retningen."));
  EXPECT_THAT(document.lead[1].nn, HasSubstr("er betre kjend, med middels god evidens: A trial"));
  EXPECT_THAT(document.lead[1].en, HasSubstr("is better known, from moderate evidence: A trial; the sign alone."));
  EXPECT_THAT(document.lead[1].nb, Not(HasSubstr("Hovedvirkningen")));
}

TEST(WordsOfPlaces, SourcesHaveNoSeedsAndPathsGoNowhereAndBack) {
  auto results = results_of_places();
  for (RunResult& result : results) result.provenance.inputs = {{"a/../b/model.yaml", "00"}};
  ReportDocument const document = document_of_places(results);
  EXPECT_THAT(figure_with_id(document, "difference-outside").source.nb, Not(HasSubstr("frø")));
  ASSERT_EQ(document.reproduction.inputs.size(), 1U);
  EXPECT_EQ(document.reproduction.inputs[0].path, "b/model.yaml");
}

}  // namespace
}  // namespace utvei
