// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/document/delimited.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double most_years_of_age = 200;

/// `born_from;born_to;age`: half-open, by date or year of birth, together without holes.
std::vector<AgeEnd::OfCohort> read_cohorts(std::string const& path, Place const& place, Diagnostics& diagnostics) {
  std::vector<AgeEnd::OfCohort> cohorts;
  auto const file = DelimitedFile::open(path, Request{place}, diagnostics);
  if (!file) return cohorts;
  std::vector<std::string> const known{"born_from", "born_to", "age", "source", "confidence", "status"};
  for (std::size_t i = 0; i < file->columns().size(); ++i) {
    if (std::ranges::find(known, file->columns()[i]) != known.end()) continue;
    diagnostics.error(file->header_place(i), fmt::format("unknown column `{}`", file->columns()[i]), {},
                      did_you_mean(file->columns()[i], known));
  }
  auto const from = file->require_column("born_from", Place{}, diagnostics);
  auto const to = file->require_column("born_to", Place{}, diagnostics);
  auto const age = file->require_column("age", Place{}, diagnostics);
  if (!from || !to || !age) return cohorts;
  file->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    auto const moment = [&](std::size_t column, Instant otherwise) {
      if (row[column].empty()) return otherwise;
      auto const at = parse_calendar_point(row[column]);
      if (!at) {
        diagnostics.error(row.place(column), fmt::format("`{}` is no time of birth", row[column]),
                          "an empty cell is unbounded", "write a year or a date");
      }
      return at.value_or(otherwise);
    };
    AgeEnd::OfCohort cohort{moment(*from, distant_past), moment(*to, distant_future), {}, row.place(*age)};
    auto const years = parse_number(row[*age], file->separator());
    if (!years || !(*years > 0) || *years > most_years_of_age) {
      diagnostics.error(row.place(*age), fmt::format("`{}` is not an age", row[*age]), {}, "write a number of years");
    }
    cohort.age = duration_of_years(std::clamp(years.value_or(1), 0.0, most_years_of_age));
    cohorts.push_back(std::move(cohort));
  });
  return cohorts;
}

void check_cohorts(std::vector<AgeEnd::OfCohort>& cohorts, Place const& file, Diagnostics& diagnostics) {
  std::ranges::sort(cohorts, {}, &AgeEnd::OfCohort::born_from);
  Instant reached = distant_past;
  for (AgeEnd::OfCohort const& cohort : cohorts) {
    if (cohort.born_from != reached || cohort.born_to <= cohort.born_from) {
      diagnostics.error(cohort.place,
                        cohort.born_to <= cohort.born_from ? "a cohort of nobody"
                        : cohort.born_from < reached       ? "two ages for some people"
                                                           : "no age for some people",
                        "the cohorts follow each other, and the first and the last are unbounded",
                        "let each begin where the one before it ends");
      return;
    }
    reached = cohort.born_to;
  }
  if (reached == distant_future) return;
  diagnostics.error(file, "no age for people who are born last", "the last cohort is bounded",
                    "leave `born_to` of the last line empty");
}

}  // namespace

Duration read_age_in_years(Value const& value, Diagnostics& diagnostics) {
  Diagnostics quiet;
  Duration age;
  if (auto const years = as_number(value, "age", quiet)) {
    age = duration_of_years(std::clamp(*years, -1e3, 1e3));
  } else {
    age = as_duration(value, "age", diagnostics).value_or(Duration{1});
  }
  if (age.minutes < 1 || age > duration_of_years(200)) {
    diagnostics.error(value.place, fmt::format("`{}` is not an age", value.scalar),
                      "an age is a number of years, or a duration with its unit", "age: 67");
  }
  return age;
}

void read_age_end(Value const& value, StateId id, Model& model, Diagnostics& diagnostics) {
  std::string const what = fmt::format("age end of `{}`", model.states[id].name);
  if (!value.is_map()) {
    diagnostics.error(value.place, fmt::format("{} is not a map", what), "",
                      "ends_at_age: {age: 67, to: {retired: 1}}");
    return;
  }
  MapReader reader{value, what, diagnostics};
  AgeEnd end;
  end.place = value.place;
  auto const* file = reader.optional("file");
  auto const* age = file != nullptr ? reader.optional("age") : reader.required("age");
  auto const* to = reader.required("to");
  if (auto const* sets = reader.optional("sets")) end.sets = read_settings(*sets, what, model, diagnostics);
  reader.finish();
  if (file != nullptr && age != nullptr) {
    diagnostics.error(age->place, fmt::format("{}: both `age` and `file`", what), "the file has the ages",
                      "remove one of them");
  } else if (age != nullptr) {
    end.age = read_age_in_years(*age, diagnostics);
  } else if (file != nullptr && as_text(*file, "file", diagnostics)) {
    std::size_t const before = diagnostics.error_count();
    std::string const path = path_beside(*file);
    if (std::ranges::find(model.inputs, path) == model.inputs.end()) model.inputs.push_back(path);
    end.cohorts = read_cohorts(path, file->place, diagnostics);
    if (diagnostics.error_count() == before) check_cohorts(end.cohorts, file->place, diagnostics);
    for (AgeEnd::OfCohort const& cohort : end.cohorts) end.age = std::max(end.age, cohort.age);
  }
  if (to != nullptr) end.to = read_destinations(*to, id, what, WhoStays::nobody, model, diagnostics);
  model.states[id].ends_at_age = std::move(end);
}

}  // namespace utvei
