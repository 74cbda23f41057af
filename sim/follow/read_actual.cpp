// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/follow/follow.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

class ActualReader {
 public:
  ActualReader(DelimitedFile const& file, FollowPlan const& plan, std::vector<ActualFigure>& figures,
               Diagnostics& diagnostics)
      : file_{file}, plan_{plan}, figures_{figures}, diagnostics_{diagnostics} {
    for (PlanIndicator const& indicator : plan.indicators) names_.push_back(indicator.name);
  }

  void read() {
    check_columns();
    auto const year = column("year");
    auto const indicator = column("indicator");
    auto const actual = column("actual");
    if (!year || !indicator || !actual || diagnostics_.has_errors()) return;
    file_.for_each_row(diagnostics_, [&](DelimitedFile::Row const& row) {
      ActualFigure figure;
      // Each is asked, so that all that is wrong with a line is said.
      std::array const known{read_year(row, *year, figure), read_name(row, *indicator, figure),
                             read_number(row, *actual, figure), read_rest(row, figure)};
      if (std::ranges::count(known, false) == 0) keep(row, figure);
    });
  }

 private:
  /// It is data, whatever is wrong with it.
  void refuse(Place const& place, std::string problem, std::string why, std::string suggestion) {
    diagnostics_.data_error(place, std::move(problem), std::move(why), std::move(suggestion));
  }

  static std::string lower_case(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
  }

  /// Names of columns are read in any case: spreadsheets begin them with a capital.
  [[nodiscard]] std::optional<std::size_t> column(std::string const& name) const {
    auto const& names = file_.columns();
    auto const found = std::ranges::find(names, name, lower_case);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
  }

  /// A name that is misspelled is told where it stands, and not once more as missing.
  void check_columns() {
    std::vector<std::string> misspelled;
    for (std::size_t i = 0; i < file_.columns().size(); ++i) {
      std::string const name = lower_case(file_.columns()[i]);
      if (std::ranges::find(known_columns, name) == known_columns.end()) {
        misspelled.push_back(nearest(name, known_columns));
        refuse(file_.header_place(i), fmt::format("unknown column `{}`", file_.columns()[i]), {},
               did_you_mean(name, known_columns));
      } else if (*column(name) != i) {
        refuse(file_.header_place(i), fmt::format("a second column `{}`", name), {}, "keep one of them");
      }
    }
    for (std::string const name : {"year", "indicator", "actual"})
      if (!column(name) && std::ranges::find(misspelled, name) == misspelled.end())
        refuse(file_.header_place(), fmt::format("the file has no column `{}`", name), {},
               "the first line names the columns: year;indicator;actual");
  }

  bool read_year(DelimitedFile::Row const& row, std::size_t column, ActualFigure& figure) {
    auto const year = parse_integer(row[column]);
    if (year && *year >= plan_.from && *year <= plan_.until) {
      figure.year = static_cast<int>(*year);
      return true;
    }
    refuse(row.place(column), fmt::format("`{}` is no year of the plan", row[column]), {},
           fmt::format("it goes from {} to {}", plan_.from, plan_.until));
    return false;
  }

  bool read_name(DelimitedFile::Row const& row, std::size_t column, ActualFigure& figure) {
    std::string const name{row[column]};
    auto const found = std::ranges::find(names_, name);
    figure.indicator = static_cast<std::size_t>(found - names_.begin());
    if (found != names_.end()) return true;
    refuse(row.place(column), fmt::format("no indicator `{}` in the plan", name), {}, did_you_mean(name, names_));
    return false;
  }

  bool read_number(DelimitedFile::Row const& row, std::size_t column, ActualFigure& figure) {
    std::string_view const field = row[column];
    if (field.empty() || field == "." || field == ":") return true;
    if (file_.separator() == ';' && has_point_of_thousands(field)) {
      refuse(row.place(column), fmt::format("`{}` may be thousands or a decimal point", field),
             "where fields stand between semicolons decimals have a comma",
             "write thousands without a point, and decimals with a comma");
      return false;
    }
    figure.number = parse_number(field, file_.separator());
    if (figure.number && *figure.number >= 0) return is_of_people(row, column, figure);
    refuse(row.place(column), fmt::format("`{}` is no number of 0 or more", field), {},
           "write digits alone, without anything between thousands; `.` where it is not known, `:` where it is "
           "suppressed");
    return false;
  }

  /// Of a step people are counted.
  bool is_of_people(DelimitedFile::Row const& row, std::size_t column, ActualFigure const& figure) {
    if (figure.indicator >= plan_.indicators.size() || *figure.number == std::floor(*figure.number)) return true;
    PlanIndicator const& indicator = plan_.indicators[figure.indicator];
    if (indicator.step == PlanStep::none || !indicator.unit.empty()) return true;
    refuse(row.place(column), fmt::format("`{}` is no number of people", row[column]),
           fmt::format("`{}` is a step of a measure, which counts people", indicator.name), "write a whole number");
    return false;
  }

  /// `1.200`: groups of three digits after points.
  static bool has_point_of_thousands(std::string_view field) {
    constexpr std::size_t group = 4;
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return field.size() > group && field[field.size() - group] == '.' &&
           std::ranges::all_of(field.substr(field.size() - group + 1), is_digit);
  }

  bool read_rest(DelimitedFile::Row const& row, ActualFigure& figure) {
    bool is_fine = true;
    if (auto const region = column("region"); region && !row[*region].empty() && row[*region] != plan_.region) {
      refuse(row.place(*region), fmt::format("the plan is not of region `{}`", row[*region]),
             plan_.region.empty() ? "it is of everywhere" : "it is of " + plan_.region, "make a plan for each region");
      is_fine = false;
    }
    auto const as_of = column("as_of");
    if (!as_of || row[*as_of].empty()) return is_fine;
    auto const said = read_date(row[*as_of]);
    if (!said) {
      refuse(row.place(*as_of), fmt::format("`{}` is no date", row[*as_of]), {}, "write 2027-08-31");
      return false;
    }
    if (*said < fmt::format("{}-01-01", figure.year)) {
      refuse(row.place(*as_of), fmt::format("`{}` is before the year that the figure is of", row[*as_of]),
             "`as_of` is until when it was counted", "write a day of that year or later");
      return false;
    }
    figure.as_of = *said;
    return is_fine;
  }

  /// Dates of this form sort as text.
  static std::optional<std::string> read_date(std::string_view field) {
    constexpr std::size_t length = 10;
    if (field.size() != length || field[4] != '-' || field[7] != '-') return std::nullopt;
    auto const month = parse_integer(field.substr(5, 2));
    auto const day = parse_integer(field.substr(8, 2));
    constexpr int months = 12;
    constexpr int days = 31;
    bool const is_date = parse_integer(field.substr(0, 4)) && month && day && *month >= 1 && *month <= months &&
                         *day >= 1 && *day <= days;
    return is_date ? std::optional{std::string{field}} : std::nullopt;
  }

  void keep(DelimitedFile::Row const& row, ActualFigure const& figure) {
    bool const is_twice = std::ranges::any_of(figures_, [&](ActualFigure const& other) {
      return other.year == figure.year && other.indicator == figure.indicator;
    });
    if (is_twice)
      refuse(row.place(), fmt::format("a second figure of `{}` in {}", names_[figure.indicator], figure.year), {},
             "keep one of them");
    else
      figures_.push_back(figure);
  }

  std::vector<std::string> const known_columns{"year", "indicator", "actual", "region", "as_of"};
  DelimitedFile const& file_;
  FollowPlan const& plan_;
  std::vector<ActualFigure>& figures_;
  Diagnostics& diagnostics_;
  std::vector<std::string> names_;
};

}  // namespace

void read_actual(std::string const& path, FollowPlan const& plan, std::vector<ActualFigure>& figures,
                 Diagnostics& diagnostics) {
  auto const file = DelimitedFile::open(path, Request{}, diagnostics);
  if (file) ActualReader{*file, plan, figures, diagnostics}.read();
}

}  // namespace utvei
