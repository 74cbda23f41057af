// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/results/measures_text.hpp"

#include <utvei/results/render_comparison.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

ComparisonRow measure_row(std::string quantity, std::string measure, double baseline, double value,
                          std::string year = {}) {
  ComparisonRow row;
  row.scenario = "tiltak";
  row.measure_of = std::move(quantity);
  row.state = std::move(measure);
  row.year = std::move(year);
  row.baseline = baseline;
  row.value = value;
  row.difference = value - baseline;
  return row;
}

/// `ips` in both, `mentor` in the scenario, `kurs` in the baseline.
Comparison with_measures() {
  Comparison comparison;
  comparison.baseline = "grunnlag";
  comparison.scenarios = {"tiltak"};
  comparison.baseline_measures = {{"ips", "", "Jobbspesialist", "", "Job specialist"}, {"kurs", "", "Kurs", "", ""}};
  comparison.measures = {{{"ips", "", "Jobbspesialist", "", "Job specialist"}, {"mentor", "", "", "", ""}}};
  comparison.rows = {
      measure_row("participants", "ips", 200, 400),       measure_row("participants", "mentor", 0, 0),
      measure_row("participants", "kurs", 50, 0),         measure_row("waited_days", "ips", 5'000, 5'000),
      measure_row("waited_days", "mentor", 0, 0),         measure_row("waited_days", "kurs", 75, 0),
      measure_row("queue_length", "ips", 8, 9, "2025"),   measure_row("queue_length", "ips", 6, 7, "2026"),
      measure_row("queue_length", "mentor", 0, 0, "2026")};
  comparison.units = {{"participants", "1"}, {"waited_days", "days"}, {"queue_length", "1"}};
  return comparison;
}

TEST(MeasuresText, HasALineForAMeasureAndOneForThatOfTheBaseline) {
  EXPECT_EQ(measures_text(with_measures(), 0, "2025–2026", "nb"),
            "Tiltak, 2025–2026\n"
            "\n"
            "tiltak          begynte  ventet i snitt  venter\n"
            "───────────────────────────────────────────────\n"
            "Jobbspesialist      400            12,5       7\n"
            "  grunnlag          200            25,0       6\n"
            "mentor                0               –       0\n"
            "Kurs                  –               –       –\n"
            "  grunnlag           50             1,5       :\n"
            "\n"
            "Ventet i snitt: dager, for dem som begynte.\n"
            "Venter og deltar: ved tellingen i 2026.\n"
            "\n");
}

TEST(MeasuresText, SpeaksTheLanguageOfTheReader) {
  auto const text = measures_text(with_measures(), 0, "2025–2026", "en");
  EXPECT_THAT(text, HasSubstr("Job specialist"));
  EXPECT_THAT(text, HasSubstr("mean wait"));
  EXPECT_THAT(measures_text(with_measures(), 0, "2025–2026", "nn"), HasSubstr("venta i snitt"));
}

TEST(MeasuresText, TellsOfTheLastDayOfSeveralAYear) {
  auto comparison = with_measures();
  comparison.by = {"stock_date"};
  for (ComparisonRow& row : comparison.rows) row.by = {row.year.empty() ? "" : "03-01"};
  auto last = measure_row("queue_length", "ips", 1, 3, "2026");
  last.by = {"11-16"};
  comparison.rows.insert(comparison.rows.begin(), last);
  auto const text = measures_text(comparison, 0, "2025–2026", "nb");
  EXPECT_THAT(text, HasSubstr("Jobbspesialist      400            12,5       3\n"));
  EXPECT_THAT(text, HasSubstr("ved tellingen i 2026-11-16."));
}

TEST(MeasuresText, IsEmptyWithoutMeasures) {
  auto comparison = with_measures();
  comparison.baseline_measures.clear();
  comparison.measures = {{}};
  EXPECT_THAT(measures_text(comparison, 0, "", "nb"), IsEmpty());
  comparison = with_measures();
  comparison.units.clear();
  EXPECT_THAT(measures_text(comparison, 0, "", "nb"), IsEmpty()) << "other quantities were asked for";
}

TEST(MeasuresText, StandsApartFromStates) {
  auto comparison = with_measures();
  comparison.rows.push_back(measure_row("person_years", "work", 10, 12));
  comparison.units["person_years"] = "years";
  auto const text = render_text(comparison, "nb");
  EXPECT_LT(text.find("Personår i hver tilstand"), text.find("Tiltak, "));
  EXPECT_THAT(text, HasSubstr("- tiltak gir 2,0 flere personår i work.\n\nUsikkerheten"));
  EXPECT_EQ(text.find("Jobbspesialist"), text.rfind("Jobbspesialist"));
}

}  // namespace
}  // namespace utvei
