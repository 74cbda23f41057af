// SPDX-License-Identifier: Apache-2.0
#include "row_values.hpp"

#include "study_parts.hpp"

#include <cmath>

#include <fmt/format.h>

namespace utvei {

std::optional<PersonRow> find_person(DelimitedFile::Row const& row, std::size_t column, Study const& study,
                                     PersonFinder& find, RejectLog& log) {
  auto const id = row[column];
  auto const person = find(id);
  if (person) {
    return person;
  }
  if (id.empty()) {
    log.reject("no person", row, column, "the row names no person", {}, "fill in the column, or take the row away");
  } else if (find.table().is_left_out(id)) {
    log.follow("row of a person whose own row is rejected", row, column);
  } else if (!study.persons.file) {
    log.follow("row of a person without spells", row, column);
  } else {
    log.reject("person who is not in the persons file", row, column,
               fmt::format("no person `{}` in {}", id, *study.persons.file), {},
               "add the person there, or take the row away");
  }
  return std::nullopt;
}

std::optional<Instant> read_moment(DelimitedFile::Row const& row, std::size_t column, Study const& study,
                                   char separator, RejectLog& log) {
  auto const moment = parse_moment(row[column], study.time, separator);
  if (!moment) {
    log.reject("moment that cannot be read", row, column, fmt::format("`{}` is not a moment of time", row[column]),
               study.time.unit_minutes ? "the study counts time in numbers: it has `time:`" : "",
               fmt::format("write {}", describe_moment(study.time)));
  }
  return moment;
}

Instant after_last(Instant stop, Study const& study) {
  if (study.intervals == Intervals::half_open || stop == distant_future) {
    return stop;
  }
  auto const unit = study.time.unit_minutes.value_or(static_cast<double>(minutes_per_day));
  return stop + Duration{std::llround(unit)};
}

std::optional<Interval> read_interval(DelimitedFile::Row const& row, std::size_t start, std::optional<std::size_t> stop,
                                      Study const& study, char separator, RejectLog& log) {
  auto const from = read_moment(row, start, study, separator, log);
  auto const to =
      !stop || row[*stop].empty() ? std::optional{distant_future} : read_moment(row, *stop, study, separator, log);
  if (!from || !to) {
    return std::nullopt;
  }
  if (*to < *from) {
    log.reject("stop before start", row, *stop, "the spell stops before it starts", {},
               "mend the row, or take it away");
    return std::nullopt;
  }
  return Interval{*from, after_last(*to, study)};
}

}  // namespace utvei
