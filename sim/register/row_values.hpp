// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "person_table.hpp"
#include "reject_log.hpp"

#include <utvei/register/study.hpp>

#include <cstdint>
#include <optional>

namespace utvei {

// What stands in a row; rejects the row and gives nullopt where it cannot be used.

/// A person of the study. Where there is no persons file, rows of strangers are left out without being a mistake.
std::optional<PersonRow> find_person(DelimitedFile::Row const& row, std::size_t column, Study const& study,
                                     PersonFinder& find, RejectLog& log);
std::optional<Instant> read_moment(DelimitedFile::Row const& row, std::size_t column, Study const& study,
                                   char separator, RejectLog& log);
/// The first moment after a stop: the last day, or unit of time, of a closed interval belongs to it.
Instant after_last(Instant stop, Study const& study);

struct Interval {
  Instant start;
  Instant stop;  ///< distant_future: still going on
};
/// `stop` may be missing, or empty in the row: still going on.
std::optional<Interval> read_interval(DelimitedFile::Row const& row, std::size_t start, std::optional<std::size_t> stop,
                                      Study const& study, char separator, RejectLog& log);

}  // namespace utvei
