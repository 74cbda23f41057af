// SPDX-License-Identifier: Apache-2.0
#include "row_values.hpp"

#include "study_parts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

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

TimeForm time_form(Study const& study, DataForm form, DelimitedFile const& file) {
  if (form == DataForm::table) {
    return {study.time, study.intervals, file.separator()};
  }
  TimeScale days;
  days.or_days = true;
  return {days, Intervals::closed, file.separator()};
}

std::optional<Instant> read_moment(DelimitedFile::Row const& row, std::size_t column, TimeForm const& form,
                                   RejectLog& log) {
  auto const moment = parse_moment(row[column], form.scale, form.separator);
  if (!moment) {
    log.reject("moment that cannot be read", row, column, fmt::format("`{}` is not a moment of time", row[column]),
               form.scale.unit_minutes ? "the study counts time in numbers: it has `time:`" : "",
               advice_for_moment(row[column], form.scale));
  }
  return moment;
}

Instant after_last(Instant stop, TimeForm const& form) {
  if (form.intervals == Intervals::half_open || stop == distant_future) {
    return stop;
  }
  auto const unit = form.scale.unit_minutes.value_or(static_cast<double>(minutes_per_day));
  return stop + Duration{std::llround(unit)};
}

namespace {

/// From a start that is known until the stop of the row, if it has one.
std::optional<Interval> read_interval_from(Instant start, DelimitedFile::Row const& row,
                                           std::optional<std::size_t> stop, TimeForm const& form, RejectLog& log) {
  auto const to = !stop || row[*stop].empty() ? std::optional{distant_future} : read_moment(row, *stop, form, log);
  if (!to) {
    return std::nullopt;
  }
  if (*to < start) {
    log.reject("stop before start", row, *stop, "the spell stops before it starts", {},
               "mend the row, or take it away");
    return std::nullopt;
  }
  return Interval{start, after_last(*to, form)};
}

/// Names of columns where the dates should be.
bool looks_like_header(std::vector<std::string> const& fields, std::size_t start) {
  for (std::size_t i = start; i < std::min(fields.size(), start + 2); ++i) {
    if (!fields[i].empty() && fields[i].find_first_of("0123456789") == std::string::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Interval> read_interval(DelimitedFile::Row const& row, std::size_t start, std::optional<std::size_t> stop,
                                      TimeForm const& form, RejectLog& log) {
  auto const from = read_moment(row, start, form, log);
  return from ? read_interval_from(*from, row, stop, form, log) : std::nullopt;
}

std::optional<Interval> read_interval_of_fixed(DelimitedFile::Row const& row, std::size_t start,
                                               std::optional<std::size_t> stop, TimeForm const& form, RejectLog& log) {
  if (!row[start].empty()) {
    return read_interval(row, start, stop, form, log);
  }
  return read_interval_from(distant_past, row, stop, form, log);
}

std::optional<DelimitedFile> open_data_file(std::string const& path, DataForm form, Request const& request,
                                            Diagnostics& diagnostics) {
  if (form == DataForm::table) {
    return DelimitedFile::open(path, request, diagnostics);
  }
  PlainForm const columns{{"identifier", "measure", "start", "stop"}, ';'};
  auto file = DelimitedFile::open(path, columns, request, diagnostics);
  if (file && looks_like_header(file->first_fields(), 2)) {
    diagnostics.error(file->header_place(), "the file begins with a header",
                      fmt::format("with `kind: microdata` every line is `{};`, also the first", columns.text()),
                      "take the line away, or take `kind: microdata` away and name the columns in the study");
    return std::nullopt;
  }
  return file;
}

}  // namespace utvei
