// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

#include <utvei/chapters/write_report.hpp>
#include <utvei/results/outcome_rows.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using test::small_result;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The small result, and one in which somebody works instead of being on a benefit.
std::vector<RunResult> two_results() {
  std::vector<RunResult> results{small_result(), small_result()};
  results[0].provenance.scenario_name = "baseline";
  results[1].provenance.scenario_name = "what_if";
  for (Table& table : results[1].tables)
    if (table.name == "person_years") {
      auto& years = std::get<std::vector<double>>(table.values);
      years[1] += 3;
      years[2] -= 2;
      years[0] -= 1;
    }
  return results;
}

struct Written {
  std::vector<RunResult> results;
  Comparison comparison;
  ReportDocument document;
};

Written written(std::vector<RunResult> results, ResultGate const* gate = nullptr) {
  Written made;
  made.results = std::move(results);
  made.comparison = compare(made.results.front(), {&made.results.back()}, {});
  ReportMaterial material{made.results, made.comparison};
  material.gate = gate;
  material.command = "utvei report …";
  made.document = write_report(material);
  return made;
}

ReportFigure const* figure_of(ReportDocument const& document, std::string const& id) {
  for (ReportSection const& section : document.sections)
    for (ReportFigure const& figure : section.figures)
      if (figure.id == id) return &figure;
  return nullptr;
}

TEST(WriteReport, SaysAllInThreeLanguages) {
  EXPECT_THAT(untranslated(written(two_results()).document), IsEmpty());
}

TEST(WriteReport, GroupsOfStatesAreAddedUpByYear) {
  Written const made = written(two_results());
  ReportFigure const* const figure = figure_of(made.document, "difference-work");
  ASSERT_NE(figure, nullptr);
  // Cells of 2025 in the two regions, of `work`: 1/4 and 10/4.
  EXPECT_EQ(std::get<double>(figure->rows[0][2]), 2025);
  EXPECT_DOUBLE_EQ(std::get<double>(figure->rows[0][3]), 2.75);
  EXPECT_DOUBLE_EQ(std::get<double>(figure->rows[0][4]), 5.75);
  EXPECT_DOUBLE_EQ(std::get<double>(figure->rows[0][5]), 3);
}

TEST(WriteReport, ThereIsNoChanceWhereTheMainEffectIsAssumed) {
  auto results = two_results();
  results[1].provenance.assumed = {{"coach", "aap -> work", 1.3, true, false, false}};
  ReportDocument const document = written(std::move(results)).document;
  ASSERT_GE(document.lead.size(), 2U);
  EXPECT_THAT(document.lead[1].nb, HasSubstr("Hovedvirkningen er en forutsetning"));
  EXPECT_THAT(document.lead[1].en, HasSubstr("→ work happens 1.30 times"));
  for (ReportText const& sentence : document.lead) EXPECT_THAT(sentence.nb, Not(HasSubstr("Sannsynligheten")));
  EXPECT_EQ(figure_of(document, "difference-outside")->evidence, "assumed");
}

TEST(WriteReport, APlaceWithFewPeopleHasNoNumberOfItsOwn) {
  Written const made = written(two_results());
  ReportFigure const* const places = figure_of(made.document, "difference-by-place");
  ASSERT_NE(places, nullptr);
  for (auto const& row : places->rows) EXPECT_TRUE(std::holds_alternative<std::monostate>(row[2]));
  EXPECT_THAT(places->sentence.nb, HasSubstr("2 av 2 regioner har ikke et eget tall: i 2 er færre enn 30"));
  for (auto const& row : places->rows) EXPECT_EQ(std::get<std::string>(row.back()), "few");
}

TEST(WriteReport, WhatIsMissingHasItsCommand) {
  Written const made = written(two_results());
  ReportFigure const* const left_out = figure_of(made.document, "left-out");
  ASSERT_NE(left_out, nullptr);
  bool const names_validate = std::ranges::any_of(left_out->rows, [](auto const& row) {
    return std::get<std::string>(row[2]).find("utvei validate") != std::string::npos;
  });
  EXPECT_TRUE(names_validate);
}

TEST(WriteReport, FewPeopleOfARegisterAreHeldBack) {
  auto results = two_results();
  for (RunResult& result : results) result.provenance.data_class = "register";
  hide_cells({&results[0], &results[1]});
  ResultGate const gate{{&results[0], &results[1]}};
  Written const made = written(std::move(results), &gate);
  ReportFigure const* const figure = figure_of(made.document, "difference-work");
  // A quarter of a year is less than five people.
  bool const shows_all = figure != nullptr && figure->held_back == 0;
  EXPECT_FALSE(shows_all);
  EXPECT_EQ(figure_of(made.document, "single-lives"), nullptr);
}

TEST(WriteReport, NumbersOfARegisterAreRoundedAsItsRulesSay) {
  auto results = two_results();
  for (RunResult& result : results) {
    result.provenance.data_class = "register";
    result.provenance.disclosure = {1, 1, 10};
    for (auto* const tables : {&result.tables, &result.group_tables})
      for (Table& table : *tables)
        std::visit(
            [](auto& values) {
              for (auto& value : values) value *= 1237;
            },
            table.values);
  }
  hide_cells({&results[0], &results[1]});
  ResultGate const gate{{&results[0], &results[1]}};
  GroupRows const told = rows_of_group(results[0], results[1], {"work", true, {}}, &gate);
  ASSERT_FALSE(told.rows.empty());
  for (GroupRow const& found : told.rows)
    for (double const number :
         {found.row.baseline, found.row.value, found.row.difference, found.years_of_all.value_or(0)})
      EXPECT_NEAR(std::remainder(number, 10), 0, 1e-9) << number;
}

TEST(WriteReport, TheSameMaterialGivesTheSameDocument) {
  EXPECT_EQ(written(two_results()).document.lead, written(two_results()).document.lead);
}

}  // namespace
}  // namespace utvei
