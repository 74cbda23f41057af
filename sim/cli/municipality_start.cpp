// SPDX-License-Identifier: Apache-2.0
#include "municipality_start.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

/// The tables of start/ have one person for so many residents: ONE_FOR of make_rates.py.
constexpr double residents_a_person = 100;
/// Where the bands of age of start/people.csv begin; see age_cells() of derivation/start.py.
constexpr std::array ages{15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
                          34, 38, 42, 46, 50, 54, 58, 62, 64, 67, 70, 75, 80, 85, 90};

using SeedCells = std::map<std::string, double>;

DelimitedFile open_shipped(std::string const& path) {
  Diagnostics diagnostics;
  auto file = DelimitedFile::open(path, Request{}, diagnostics);
  throw_if_errors(diagnostics);
  return std::move(*file);
}

double number_in(std::string_view text) {
  return parse_number(text, ';').value_or(0);
}

std::string band_of(double age) {
  auto const next = std::ranges::upper_bound(ages, static_cast<int>(age));
  if (next == ages.end()) return fmt::format("{}+", ages.back());
  int const from = *std::prev(next);
  return from + 1 == *next ? fmt::format("{}", from) : fmt::format("{}-{}", from, *next - 1);
}

/// Counts of people.csv by all its columns but region and time in the state; and the days by state.
struct People {
  std::string header;
  SeedCells seed;
  std::map<std::string, std::map<double, double>> days;
};

People read_people(std::string const& path) {
  DelimitedFile const file = open_shipped(path);
  People people;
  Diagnostics diagnostics;
  auto const& columns = file.columns();
  for (std::string const& column : columns)
    if (column != "region" && column != "time_in_state") people.header += (people.header.empty() ? "" : ";") + column;
  file.for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    std::string key;
    std::string state;
    double days = 0;
    double count = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c] == "region") continue;
      if (columns[c] == "state") state = row[c];
      if (columns[c] == "count") count = number_in(row[c]);
      if (columns[c] == "time_in_state") days = number_in(row[c].substr(0, row[c].find(' ')));
      if (columns[c] == "count" || columns[c] == "time_in_state") continue;
      key += (columns[c] == "age" ? band_of(number_in(row[c])) : std::string{row[c]}) + ";";
    }
    people.seed[key] += count;
    people.days[state][days] += count;
  });
  throw_if_errors(diagnostics);
  return people;
}

/// The first guess has people where the country has many. A published table may have three where the guess has nobody:
/// a little of everything takes them in, and changes nothing elsewhere.
void add_a_little(People& people) {
  constexpr double little = 1e-5;
  std::vector<std::string> keys{""};
  for (std::string_view rest = people.header; !rest.empty();) {
    std::string_view const column = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), column.size() + 1));
    if (column == "count") continue;
    std::vector<std::string> levels{"no"};  // of the traits but for sex
    if (column == "sex") levels = {"female", "male"};
    if (column == "state" || column == "age") levels.clear();
    if (column == "age")
      for (int const age : ages) levels.push_back(band_of(age));
    if (column == "state")
      for (auto const& [state, _] : people.days) levels.push_back(state);
    std::vector<std::string> longer;
    for (std::string const& key : keys)
      for (std::string const& level : levels) longer.push_back(key + level + ";");
    keys = std::move(longer);
  }
  for (std::string const& key : keys) people.seed[key] += little;
}

/// Pieces of time around the days that occur, which meet half-way.
std::string pieces_of(std::map<std::string, std::map<double, double>> const& days) {
  std::string text = "state;from;to;share\n";
  for (auto const& [state, counts] : days) {
    double from = 0;
    for (auto at = counts.begin(); at != counts.end(); ++at) {
      auto const next = std::next(at);
      double const to = std::round(next == counts.end() ? 2 * at->first - from : (at->first + next->first) / 2);
      text += fmt::format("{};{:.0f} days;{:.0f} days;{:g}\n", state, from, to, at->second);
      from = to;
    }
  }
  return text;
}

/// The lines of the county, with the code of the municipality and its part of the people.
std::string part_of_county(std::string const& path, std::string const& county, std::string const& code, double part) {
  DelimitedFile const file = open_shipped(path);
  auto const& columns = file.columns();
  std::string text = fmt::format("{}\n", fmt::join(columns, ";"));
  Diagnostics diagnostics;
  file.for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    std::vector<std::string> fields;
    bool is_meant = false;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      bool const is_region = columns[c] == "region";
      if (is_region) is_meant = row[c] == county;
      fields.push_back(is_region               ? code
                       : columns[c] == "count" ? fmt::format("{:.4f}", number_in(row[c]) * residents_a_person * part)
                                               : std::string{row[c]});
    }
    if (is_meant) text += fmt::format("{}\n", fmt::join(fields, ";"));
  });
  throw_if_errors(diagnostics);
  return text;
}

}  // namespace

StartTables start_of_municipality(std::string const& norway, std::string const& county, std::string const& code,
                                  double part) {
  People people = read_people(norway + "/start/people.csv");
  add_a_little(people);
  std::string seed = people.header + "\n";
  for (auto const& [key, count] : people.seed) seed += fmt::format("{}{:g}\n", key, count);
  return {std::move(seed), pieces_of(people.days), part_of_county(norway + "/start/entrants.csv", county, code, part),
          part_of_county(norway + "/start/arrivals.csv", county, code, part)};
}

}  // namespace utvei
