// SPDX-License-Identifier: Apache-2.0
// A small world that has everything the engine knows: limits, ages, delayed entry, regions, traits, and intensities by
// age, time in state and calendar.
#pragma once

#include "support/world.hpp"

#include <string>
#include <string_view>

namespace utvei::rich {

inline constexpr std::string_view regions =
    "region;parent;level;name_nb\nnord;;county;Nord\nn1;nord;m;Bø\nn2;nord;m;Ås\ns1;;m;Os\n";

inline constexpr std::string_view sick_leave_rates =
    "from;to;region;days_from;days_to;year_from;year_to;rate_per_year\n"
    "sick_leave;work;;0;30;;;14\nsick_leave;work;;30;;;;2.5\n"
    "sick_leave;work;n1;30;;2028;;1.5\nsick_leave;work;n1;30;;;2028;2\n";
inline constexpr std::string_view work_rates =
    "from;to;age_from;age_to;sex;rate_per_year\n"
    "work;sick_leave;;30;;0.35\nwork;sick_leave;30;50;;0.6\nwork;sick_leave;50;;female;1.1\nwork;sick_leave;50;;male;0."
    "8\n";

inline constexpr std::string_view model = R"(utvei: model/1
name: rich
regions: regions.csv
states:
  school: {group: education}
  work: {group: work, ends_at_age: {age: 67, to: {retired: 1}}}
  sick_leave: {group: work, limit: {after: 52 weeks, to: {aap: 0.65, work: 0.25, unknown: 0.1}}}
  aap: {group: outside, limit: {after: 3 years, stay: 0.6, to: {disability: 0.45, work: 0.35, unknown: 0.2}}}
  disability: {group: outside, ends_at_age: {age: 67, to: {retired: 1}}}
  unknown: {group: outside}
  retired: {absorbing: true}
traits:
  sex: [female, male]
transitions:
  - {from: school, to: work, rate_per_year: 0.5}
  - {from: school, to: unknown, rate_per_year: 0.1}
  - {from: work, to: sick_leave, rates: work.csv}
  - {from: sick_leave, to: work, rates: sick_leave.csv}
  - {from: aap, to: work, rate_per_year: 0.2}
  - {from: aap, to: disability, rate_per_year: 0.15}
  - {from: unknown, to: work, rate_per_year: 0.6}
  - {from: unknown, to: aap, rate_per_year: 0.3}
)";

/// Everybody's life courses over twelve years from the middle of one; each kind of breakdown.
inline std::string scenario(std::string_view more = {}) {
  return R"(start: 2025-06-15
years: 12
population:
  persons: 3000
  state: {school: 2, work: 4, sick_leave: 2, aap: 1, unknown: 1}
  age: {16: 1, 24.9: 1, 41.3: 1, 60.2: 1, 64: 1}
  region: {n1: 2, n2: 1, s1: 3}
  traits: {sex: {female: 1, male: 1}}
  time_in_state: {0 days: 2, 40 weeks: 1, 2.5 years: 1}
seed: 7
stock_dates: ["01-01", "11-16"]
age_groups: [16, 25, 30, 50, 62, 67]
groups: 10
life_courses: all
breakdowns:
  - [region, year, age_group, sex, state]
)" + std::string{more};
}

inline void write_files(support::TempFolder const& folder) {
  folder.write("regions.csv", regions);
  folder.write("sick_leave.csv", sick_leave_rates);
  folder.write("work.csv", work_rates);
  folder.write("moving.csv", "region;rate_per_year\nn1;0.1\nn2;0.05\ns1;0.2\n");
  folder.write("to.csv", "from;to;count\nn1;n2;1\nn1;s1;2\nn2;n1;1\ns1;n1;1\n");
}

inline support::World world(std::string_view more = {}, std::string_view model_text = model) {
  support::TempFolder const folder;
  write_files(folder);
  return support::make_world(folder, model_text, scenario(more));
}

}  // namespace utvei::rich
