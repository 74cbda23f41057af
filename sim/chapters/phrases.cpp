// SPDX-License-Identifier: Apache-2.0
#include "contents.hpp"

#include <utvei/results/text_columns.hpp>

#include <cmath>
#include <cstdlib>

namespace utvei {

ReportText people_in(std::string_view group) {
  if (group == "outside")
    return said({"utenfor arbeid og utdanning", "utanfor arbeid og utdanning", "outside work and education"});
  if (group == "work") return said({"i arbeid", "i arbeid", "in work"});
  if (group == "education") return said({"i utdanning", "i utdanning", "in education"});
  return same_in_all(std::string{group});
}

ReportText inside(ReportText const& label) {
  return {inside_sentence(label.nb), inside_sentence(label.nn), inside_sentence(label.en)};
}

ReportText amount(double number) {
  constexpr double from_here_whole = 99.95;
  return number_words(number, std::abs(number) < from_here_whole ? 1 : 0);
}

ReportText interval(std::pair<double, double> const& limits) {
  return said({"{} til {}", "{} til {}", "{} to {}"}, amount(limits.first), amount(limits.second));
}

ReportText kroner(double amount) {
  constexpr double million = 1e6;
  double const size = std::abs(amount);
  if (size < million)
    return said({"{} kroner", "{} kroner", "{} kroner"}, number_words(std::round(size / 1000) * 1000, 0));
  return said({"{} millioner kroner", "{} millionar kroner", "{} million kroner"},
              number_words(size / million, size < 100 * million ? 1 : 0));
}

ReportCell cell_of(std::optional<double> const& number) {
  if (!number) return std::monostate{};
  return *number;
}

void add_limits(std::vector<ReportCell>& cells, ComparisonRow const& row, bool with_50) {
  for (int const level : {50, 80, 95}) {
    if (level == 50 && !with_50) continue;
    auto const limits = shown_interval(row, level);
    cells.push_back(limits ? ReportCell{limits->first} : ReportCell{});
    cells.push_back(limits ? ReportCell{limits->second} : ReportCell{});
  }
}

void add_limit_columns(std::vector<ReportColumn>& columns, ReportUnit unit, int decimals, bool with_50) {
  for (int const level : {50, 80, 95}) {
    if (level == 50 && !with_50) continue;
    columns.push_back(
        {fmt::format("low_{}", level), said({"{} %, fra", "{} %, frå", "{} %, from"}, level), unit, decimals});
    columns.push_back(
        {fmt::format("high_{}", level), said({"{} %, til", "{} %, til", "{} %, to"}, level), unit, decimals});
  }
}

double year_of(std::string const& label) {
  return std::atof(label.c_str());
}

ReportColumn scenario_column() {
  return {"scenario", said({"Scenario", "Scenario", "Scenario"}), ReportUnit::text};
}

ReportColumn region_column() {
  return {"region", said({"Region", "Region", "Region"}), ReportUnit::text};
}

ReportColumn year_column() {
  return {"year", said({"År", "År", "Year"}), ReportUnit::integer};
}

ReportColumn state_column() {
  return {"state", said({"Tilstand", "Tilstand", "State"}), ReportUnit::text};
}

}  // namespace utvei
