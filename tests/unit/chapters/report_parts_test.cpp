// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

#include <utvei/chapters/report_of.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// With transitions by group, too, of which a report takes sums alone.
RunResult result_with_groups(std::string const& name, std::int64_t more) {
  RunResult result = test::small_result();
  result.provenance.scenario_name = name;
  Table const& years = result.group_tables.at(1);
  Table const& moves = *result.table("transitions");
  result.group_tables.push_back(test::counts(
      "transitions", {years.dimensions[0], years.dimensions[1], moves.dimensions[1], moves.dimensions[2]}));
  for (auto* const tables : {&result.tables, &result.group_tables})
    for (Table& table : *tables)
      if (table.name == "transitions")
        for (std::int64_t& value : std::get<std::vector<std::int64_t>>(table.values)) value = (value * 7 + more) % 50;
  return result;
}

/// The only draw of a table by group, as a file gives it.
GroupPart only_draw_of(RunResult const& result) {
  return [&result](std::string const& name, std::size_t) -> std::optional<Table> {
    Table const* const whole = result.group_table(name);
    if (whole == nullptr) return std::nullopt;
    Table part = *whole;
    part.dimensions.erase(part.dimensions.begin());
    return part;
  };
}

/// All that is told of figures, in words and numbers.
std::vector<std::pair<std::string, std::vector<std::vector<ReportCell>>>> told_by(ReportDocument const& document) {
  std::vector<std::pair<std::string, std::vector<std::vector<ReportCell>>>> told;
  for (ReportText const& sentence : document.lead)
    told.emplace_back(sentence.nb, std::vector<std::vector<ReportCell>>{});
  for (ReportSection const& section : document.sections)
    for (ReportFigure const& figure : section.figures) told.emplace_back(figure.id + figure.sentence.nb, figure.rows);
  return told;
}

TEST(ReportOf, IsTheSameWhereGroupsStayInTheirFiles) {
  std::vector<RunResult> const whole{result_with_groups("before", 1), result_with_groups("after", 3)};
  std::vector<RunResult> parted = whole;
  for (RunResult& result : parted)
    std::erase_if(result.group_tables, [&](Table const& table) { return !must_hold_groups_for_report(table, whole); });
  EXPECT_EQ(parted[0].group_tables.size(), whole[0].group_tables.size() - 1);
  parted[1].life_courses.reset();
  ReportRequest request;
  request.parts = {only_draw_of(whole[0]), {only_draw_of(whole[1])}};
  EXPECT_EQ(told_by(report_of(parted, request)), told_by(report_of(whole, {})));
}

}  // namespace
}  // namespace utvei
