// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace utvei::test {

inline std::size_t cells_of(std::vector<Dimension> const& dimensions) {
  return std::accumulate(dimensions.begin(), dimensions.end(), std::size_t{1},
                         [](std::size_t n, Dimension const& d) { return n * d.labels.size(); });
}

inline Table counts(std::string name, std::vector<Dimension> dimensions) {
  Table table{name, name, "number of " + name, "1", std::move(dimensions), {}};
  std::vector<std::int64_t> values(cells_of(table.dimensions));
  std::iota(values.begin(), values.end(), 1);
  table.values = std::move(values);
  return table;
}

inline Table years(std::string name, std::vector<Dimension> dimensions) {
  Table table{name, "person_years", "years in each state", "years", std::move(dimensions), {}};
  std::vector<double> values(cells_of(table.dimensions));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i) / 4;
  table.values = std::move(values);
  return table;
}

/// Two regions, three years, three states, four groups; every kind of table, names outside ASCII, and life courses.
/// Cell i of person_years holds i / 4, cell i of a count i + 1.
inline RunResult small_result() {
  Dimension const draw{"draw", {"0"}};
  Dimension const group{"group", {"0", "1", "2", "3"}};
  Dimension const region{"region", {"0301", "4204"}};
  Dimension const year{"year", {"2025", "2026", "2027"}};
  Dimension const stock_year{"year", {"2025", "2026"}};
  Dimension const state{"state", {"school", "work", "aap"}};
  Dimension const transition{"transition", {"school -> work", "work -> aap"}};
  RunResult result;
  result.tables = {counts("persons", {draw}), years("person_years", {draw, region, year, state}),
                   counts("stock", {draw, region, stock_year, state}),
                   counts("transitions", {draw, region, transition}),
                   years("person_years_by_sex_state", {draw, {"sex", {"female", "male"}}, state})};
  result.group_tables = {counts("persons", {draw, group}), years("person_years", {draw, group, region, year, state})};
  result.states = {{"school", "education", "Skole", "Skule", "School"},
                   {"work", "work", "Arbeid", "", "Work"},
                   {"aap", "outside", "Arbeidsavklaringspenger på nå", "", ""}};
  result.region_names = {{"0301", "Oslo"}, {"4204", "Kristiansand – Ålo"}};
  result.life_courses = LifeCourseTable{{1, 1, 7},
                                        {28'927'000, 28'999'999, 28'927'000},
                                        {0, 0, 1},
                                        {0, 1, 1},
                                        {0, 1, 0},
                                        {"school", "work", "aap"},
                                        {"start", "transition", "limit", "age", "end"},
                                        {{1, 7},
                                         {28'900'000, 28'927'000},
                                         {20'000'000, -3},
                                         {1, 0},
                                         {"0301", "4204"},
                                         {{"sex", {"female", "male"}, {1, 0}}}},
                                        {{}, {}, {}, {}, {"region", "sex"}}};
  result.provenance.utvei_version = "0.1.0";
  result.provenance.git_hash = "abc";
  result.provenance.seed = 4'294'967'295U;
  result.provenance.scenario_name = "grunnlag";
  result.provenance.scenario = "name: grunnlag\nyears: 3\n";
  result.provenance.start = "2025-01-01";
  result.provenance.end = "2028-01-01";
  result.provenance.stock_dates = "11-16";
  result.provenance.people = "0123456789abcdef";
  result.provenance.model = "modell æ.yaml";
  result.provenance.inputs = {{"modell æ.yaml", "00ff"}, {"rates.csv", "11"}};
  result.provenance.command_line = "utvei run \"a b.yaml\"";
  result.provenance.threads = 2;
  return result;
}

}  // namespace utvei::test
