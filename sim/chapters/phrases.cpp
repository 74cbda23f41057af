// SPDX-License-Identifier: Apache-2.0
#include <utvei/chapters/contents.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>

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

namespace {

int decimals_of_amount(double number) {
  constexpr double from_here_whole = 99.95;
  return std::abs(number) < from_here_whole ? 1 : 0;
}

double rounded_to(double number, int decimals) {
  double const scale = decimals == 0 ? 1 : 10;
  return std::round(number * scale) / scale;
}

}  // namespace

ReportText amount(double number) {
  return number_words(number, decimals_of_amount(number));
}

TwoAmounts amounts_of(ComparisonRow const& row) {
  constexpr double seen_in_whole_ones = 10;
  bool const is_small = row.difference != 0 && std::abs(row.difference) < seen_in_whole_ones;
  auto const decimals = [&](double number) { return is_small ? 1 : decimals_of_amount(number); };
  int const of_value = decimals(row.value);
  int const of_baseline = decimals(row.baseline);
  int const of_difference = decimals_of_amount(row.difference);
  int const coarsest = std::min({of_value, of_baseline, of_difference});
  double const seen = rounded_to(row.value, of_value) - rounded_to(row.baseline, of_baseline);
  double const told = rounded_to(row.difference, of_difference);
  constexpr double less_than_a_digit = 0.05;
  bool const agree = std::abs(rounded_to(seen, coarsest) - rounded_to(told, coarsest)) < less_than_a_digit;
  return {
      number_words(row.value, of_value), number_words(row.baseline, of_baseline),
      agree ? ReportText{} : said({", avrundet hver for seg", ", avrunda kvar for seg", ", each rounded by itself"})};
}

ReportText rounding_note() {
  return said({"Tallene er avrundet hver for seg, så en forskjell eller en sum kan avvike litt fra leddene.",
               "Tala er avrunda kvar for seg, så ein skilnad eller ein sum kan avvike litt frå ledda.",
               "Numbers are rounded one by one, so a difference or a sum may be a little off its parts."});
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

std::string readable_path(std::string const& path) {
  return std::filesystem::path{path}.lexically_normal().generic_string();
}

ReportText of_place(Contents const& contents, std::string const& region) {
  return same_in_all(contents.place_name(region) + ":");
}

ReportText counted(std::size_t number, Saying const& one, Saying const& many) {
  return number == 1 ? said(one) : said(many, number_words(static_cast<double>(number), 0));
}

ReportText days_in_words(std::string const& dates) {
  constexpr std::array<Saying, 12> months{{{"januar", "januar", "January"},
                                           {"februar", "februar", "February"},
                                           {"mars", "mars", "March"},
                                           {"april", "april", "April"},
                                           {"mai", "mai", "May"},
                                           {"juni", "juni", "June"},
                                           {"juli", "juli", "July"},
                                           {"august", "august", "August"},
                                           {"september", "september", "September"},
                                           {"oktober", "oktober", "October"},
                                           {"november", "november", "November"},
                                           {"desember", "desember", "December"}}};
  constexpr std::size_t length = 5;
  ReportText all;
  for (std::size_t at = 0; at < dates.size() && dates.size() - at >= length;) {
    int const month = std::atoi(dates.substr(at, 2).c_str());
    int const day = std::atoi(dates.substr(at + 3, 2).c_str());
    if (month < 1 || month > static_cast<int>(months.size())) return same_in_all(dates);
    all = followed_by(
        all, said({"{0}. {1}", "{0}. {1}", "{0} {1}"}, day, said(months[static_cast<std::size_t>(month) - 1])), ", ");
    at = dates.find_first_of("0123456789", at + length);
  }
  return all.empty() ? same_in_all(dates) : all;
}

void mark_partial_years(Contents const& contents, ReportFigure& figure) {
  auto const years = contents.partial_years();
  if (years.empty()) return;
  figure.options["partial_years"] = years;
  ReportText const named = years.size() == 1 ? same_in_all(fmt::format("{}", years.front()))
                                             : said({"{} og {}", "{} og {}", "{} and {}"}, years.front(), years.back());
  figure.note = followed_by(
      figure.note, said({"Kjøringen dekker bare en del av {}, så tallene der er lavere enn for hele år.",
                         "Køyringa dekkjer berre ein del av {}, så tala der er lågare enn for heile år.",
                         "The run covers only a part of {}, so numbers there are lower than those of whole years."},
                        named));
}

ReportText kroner_interval(std::pair<double, double> const& limits) {
  constexpr double million = 1e6;
  constexpr double thousand = 1e3;
  double const size = std::max(std::abs(limits.first), std::abs(limits.second));
  auto const rounded = [&](double number) {
    return size < million ? number_words(std::round(number / thousand) * thousand, 0)
                          : number_words(number / million, size < 100 * million ? 1 : 0);
  };
  Saying const small{"{} til {} kroner", "{} til {} kroner", "{} to {} kroner"};
  Saying const large{"{} til {} millioner kroner", "{} til {} millionar kroner", "{} to {} million kroner"};
  return said(size < million ? small : large, rounded(limits.first), rounded(limits.second));
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
