// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

#include <utvei/batch_report/batch_report.hpp>
#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t draws_of_batch = 12;

/// Twelve draws of one replicate in which people wait for each other; in draw k `more + k` further years in work.
RunResult batch_result(std::string const& name, double more) {
  Dimension draw{"draw", {}};
  for (std::size_t k = 0; k < draws_of_batch; ++k) draw.labels.push_back(std::to_string(k));
  RunResult result = test::small_result();
  result.life_courses.reset();
  result.group_tables.clear();
  result.tables = {
      test::counts("persons", {draw}),
      test::years("person_years", {draw, {"year", {"2025", "2026"}}, {"state", {"school", "work", "aap"}}})};
  constexpr std::size_t cells_of_draw = 6;
  auto& years = std::get<std::vector<double>>(result.tables[1].values);
  for (std::size_t k = 0; k < draws_of_batch; ++k)
    if (more != 0) years[k * cells_of_draw + 1] += more + static_cast<double>(k);
  result.provenance.scenario_name = name;
  result.provenance.scenario = "name: " + name + "\n";
  result.provenance.places_couple_people = true;
  return result;
}

/// Places 0, 10 and 20 by uptake 0.3 and 0.7; without places one scenario, which is the baseline.
BatchMaterial batch_to_tell() {
  BatchMaterial material;
  material.name = "places";
  material.axes = {{"places", {"Plasser", "Plassar", "Places"}, {"0", "10", "20"}},
                   {"uptake", {"Andel", "Del", "Share"}, {"0.3", "0.7"}}};
  material.scenarios.push_back({"none", {0, 0}, true});
  for (std::size_t places = 1; places < 3; ++places)
    for (std::size_t uptake = 0; uptake < 2; ++uptake)
      material.scenarios.push_back({"p" + std::to_string(places) + "u" + std::to_string(uptake), {places, uptake}});
  return material;
}

BatchMaterial told_batch(bool lacks_one = false) {
  BatchMaterial material = batch_to_tell();
  BatchCollector collector{material, batch_result("none", 0), {}};
  for (ToldScenario& scenario : material.scenarios) {
    if (lacks_one && scenario.name == "p2u1") {
      scenario.missing = {"finnes ikke", "finst ikkje", "is not there"};
      continue;
    }
    double const more = scenario.is_baseline ? 0 : 10 * static_cast<double>(scenario.place[0] * 2 + scenario.place[1]);
    collector.add(scenario, batch_result(scenario.name, more));
  }
  return material;
}

ReportFigure const& figure_in(ReportDocument const& document, std::string const& id) {
  for (ReportSection const& section : document.sections)
    for (ReportFigure const& figure : section.figures)
      if (figure.id == id) return figure;
  throw std::runtime_error{"no figure " + id};
}

double number_at(ReportFigure const& figure, std::string const& scenario, std::string const& column) {
  auto const at = std::ranges::find(figure.columns, column, &ReportColumn::name) - figure.columns.begin();
  for (auto const& row : figure.rows)
    if (row[0] == ReportCell{scenario} && row[1] == ReportCell{std::string{"person_years,state=work"}})
      return std::get<double>(row[static_cast<std::size_t>(at)]);
  throw std::runtime_error{"no row of " + scenario};
}

TEST(BatchReport, DrawsThatDifferGiveTheIntervals) {
  ReportFigure const heat = figure_in(batch_report(told_batch()), "batch-heat");
  // 10·(2·2+1) + the mean of 0 … 11; their standard deviation is √13.
  EXPECT_DOUBLE_EQ(number_at(heat, "p2u1", "difference"), 55.5);
  // R: qt(c(.975, .9), 11), pt(55.5 / sqrt(13), 11).
  EXPECT_NEAR(number_at(heat, "p2u1", "high_95"), 55.5 + 2.200985160091639 * std::sqrt(13.0), 1e-9);
  EXPECT_NEAR(number_at(heat, "p2u1", "low_80"), 55.5 - 1.363430318020541 * std::sqrt(13.0), 1e-9);
  EXPECT_NEAR(number_at(heat, "p2u1", "probability_better"), 1, 1e-8);
  EXPECT_DOUBLE_EQ(number_at(heat, "none", "difference"), 0);
}

TEST(BatchReport, TheBestComesFirstWithItsShareOfDraws) {
  ReportFigure const ranking = figure_in(batch_report(told_batch()), "batch-ranking");
  EXPECT_EQ(ranking.rows.front()[0], ReportCell{std::string{"p2u1"}});
  EXPECT_DOUBLE_EQ(number_at(ranking, "p2u1", "probability_best"), 1);
  EXPECT_DOUBLE_EQ(number_at(ranking, "none", "expected_rank"), 5);
  EXPECT_DOUBLE_EQ(number_at(ranking, "p2u0", "behind"), -10);
  EXPECT_THAT(ranking.sentence.nb, HasSubstr("best er «Plasser 20, andel 0,7»"));
  EXPECT_THAT(ranking.sentence.nb, HasSubstr("Det er best i 100 % av trekkene."));
}

TEST(BatchReport, TheAxisThatMattersMostIsNamed) {
  ReportDocument const document = batch_report(told_batch());
  EXPECT_THAT(figure_in(document, "batch-axes").sentence.en, HasSubstr("what matters most is places (10 → 20: +20"));
  EXPECT_EQ(figure_in(document, "batch-axes").rows.front()[4], ReportCell{20.0});
}

TEST(BatchReport, AllIsSaidInThreeLanguages) {
  EXPECT_THAT(untranslated(batch_report(told_batch())), IsEmpty());
  EXPECT_THAT(untranslated(batch_report(told_batch(true))), IsEmpty());
}

TEST(BatchReport, WhatIsMissingIsSaidBeforeAnyNumber) {
  BatchMaterial const material = told_batch(true);
  ReportDocument const document = batch_report(material);
  EXPECT_THAT(document.notices.back().text.nb, HasSubstr("1 av 5 scenarioer er ikke med"));
  EXPECT_THAT(figure_in(document, "batch-scenarios").sentence.nb, HasSubstr("1 av 5 scenarioer er ikke med"));
  EXPECT_THAT(batch_csv(material),
              HasSubstr("p2u1,20,0.7,no,\"person_years,state=work\",years,,,,,,,,,,,is not there\n"));
}

TEST(BatchReport, AGridSaysWhichCellsAreLeftOutAndWhichHaveNoResult) {
  ReportDocument const document = batch_report(told_batch(true));
  ReportFigure const& table = figure_in(document, "batch-scenarios");
  EXPECT_EQ(table.rows.back()[0], ReportCell{std::string{"0, 0.7"}});
  EXPECT_EQ(table.labels.at("scenario").at("0, 0.7").nb, "Plasser 0, andel 0,7");
  EXPECT_EQ(table.labels.at("status").at("left out").nb, "utelatt i batchfila");
  EXPECT_THAT(table.sentence.nb, HasSubstr("Én kombinasjon er utelatt i batchfila."));
  auto const missing = nlohmann::ordered_json::parse(R"([["20", "0.7"]])");
  EXPECT_EQ(figure_in(document, "batch-heat").options["missing"], missing);
}

TEST(BatchReport, WhatALabelStandsForIsTold) {
  EXPECT_THROW(figure_in(batch_report(told_batch()), "batch-values"), std::runtime_error);
  BatchMaterial material = told_batch();
  material.axes[0].meanings = {"", "places: {total: 10}", "places: {total: 20}"};
  ReportFigure const values = figure_in(batch_report(material), "batch-values");
  ASSERT_EQ(values.rows.size(), 2U);
  EXPECT_EQ(values.rows[1][1], ReportCell{std::string{"20"}});
  EXPECT_EQ(values.rows[1][2], ReportCell{std::string{"places: {total: 20}"}});
  EXPECT_THAT(untranslated(batch_report(material)), IsEmpty());
}

TEST(BatchReport, CsvHasTheValuesOfTheAxesAsColumns) {
  std::string const csv = batch_csv(told_batch());
  EXPECT_THAT(csv, StartsWith("scenario,places,uptake,is_baseline,outcome,units,baseline,value,difference,low_80,"));
  EXPECT_THAT(csv, HasSubstr("\np1u1,10,0.7,no,\"person_years,state=work\",years,"));
}

TEST(BatchReport, AxesThatGoAlongWithEachOtherAreOne) {
  BatchMaterial material = told_batch();
  material.is_grid = false;
  ReportDocument const document = batch_report(material);
  EXPECT_THROW(figure_in(document, "batch-heat"), std::runtime_error);
  auto const& axes = figure_in(document, "batch-curve").options["axes"];
  ASSERT_EQ(axes.size(), 1U);
  EXPECT_EQ(axes[0]["name"], "places+uptake");
  EXPECT_EQ(axes[0]["values"][1], "10, 0.3");
}

TEST(BatchReport, NoChancesWhereTheMainEffectIsAssumed) {
  BatchMaterial material = batch_to_tell();
  BatchCollector collector{material, batch_result("none", 0), {}};
  for (ToldScenario& scenario : material.scenarios) {
    RunResult result = batch_result(scenario.name, scenario.is_baseline ? 0 : 5);
    if (!scenario.is_baseline)
      result.provenance.assumed = {{"coach", "aap -> work", 1.5, true, false, false, AssumedEffect::Why::assumed}};
    collector.add(scenario, result);
  }
  ReportDocument const document = batch_report(material);
  ReportFigure const& heat = figure_in(document, "batch-heat");
  EXPECT_EQ(heat.evidence, "assumed");
  EXPECT_TRUE(std::ranges::all_of(heat.rows, [](auto const& row) {
    return row[0] == ReportCell{std::string{"none"}} || row.back() == ReportCell{};
  }));
  EXPECT_THAT(figure_in(document, "batch-ranking").sentence.nb, HasSubstr("Hovedvirkningen er en forutsetning"));
  EXPECT_THAT(figure_in(document, "batch-ranking").sentence.nb, Not(HasSubstr("av trekkene")));
}

TEST(BatchReport, WhatNoScenarioChangesIsLeftOut) {
  BatchMaterial material = batch_to_tell();
  BatchCollector collector{material, batch_result("none", 0), {}};
  for (ToldScenario& scenario : material.scenarios)
    collector.add(scenario, batch_result(scenario.name, scenario.is_baseline ? 0 : 5));
  EXPECT_EQ(material.outcomes.size(), 3U);
  collector.leave_out_what_is_alike();
  ASSERT_EQ(material.outcomes.size(), 1U);
  EXPECT_EQ(material.outcomes.front().outcome.asked.text, "person_years,state=work");
  EXPECT_EQ(material.scenarios.front().outcomes.size(), 1U);
}

TEST(BatchReport, ResultsThatAreNotPairedAreRefused) {
  BatchMaterial material = batch_to_tell();
  BatchCollector collector{material, batch_result("none", 0), {}};
  RunResult other = batch_result("p1u0", 5);
  other.provenance.seed = 7;
  EXPECT_THROW(collector.add(material.scenarios[1], other), InputError);
}

TEST(BatchReport, AnOutcomeThatIsAskedForMustBeThere) {
  BatchMaterial material = batch_to_tell();
  BatchCollector collector{material, batch_result("none", 0), {"person_years,state=prison"}};
  EXPECT_THROW(collector.add(material.scenarios[1], batch_result("p1u0", 5)), InputError);
}

}  // namespace
}  // namespace utvei
