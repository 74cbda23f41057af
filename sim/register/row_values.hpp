// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "person_table.hpp"
#include "reject_log.hpp"

#include <utvei/register/study.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace utvei {

// What stands in a row; rejects the row and gives nullopt where it cannot be used.

/// A person of the study. Where there is no persons file, rows of strangers are left out without being a mistake.
std::optional<PersonRow> find_person(DelimitedFile::Row const& row, std::size_t column, Study const& study,
                                     PersonFinder& find, RejectLog& log);
/// How a file writes time.
struct TimeForm {
  TimeScale scale;
  Intervals intervals{Intervals::half_open};
  char separator{','};
};
/// As the study says, or as files of the microdata platform do: dates or days since 1970, the last day belongs to the
/// spell.
TimeForm time_form(Study const& study, DataForm form, DelimitedFile const& file);
std::optional<Instant> read_moment(DelimitedFile::Row const& row, std::size_t column, TimeForm const& form,
                                   RejectLog& log);
/// The first moment after a stop: the last day, or unit of time, of a closed interval belongs to it.
Instant after_last(Instant stop, TimeForm const& form);

struct Interval {
  Instant start;
  Instant stop;  ///< distant_future: still going on
};
/// `stop` may be missing, or empty in the row: still going on.
std::optional<Interval> read_interval(DelimitedFile::Row const& row, std::size_t start, std::optional<std::size_t> stop,
                                      TimeForm const& form, RejectLog& log);
/// The same of a variable that may be fixed: without a start it has held from the beginning of time.
std::optional<Interval> read_interval_of_fixed(DelimitedFile::Row const& row, std::size_t start,
                                               std::optional<std::size_t> stop, TimeForm const& form, RejectLog& log);

/// Opens a data file of a study; diagnoses a header of a file that has none.
std::optional<DelimitedFile> open_data_file(std::string const& path, DataForm form, Request const& request,
                                            Diagnostics& diagnostics);

}  // namespace utvei
