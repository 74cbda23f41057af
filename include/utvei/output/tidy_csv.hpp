// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <iosfwd>
#include <string>
#include <vector>

namespace utvei {

/// One line a cell: `table`, a column for every dimension that any table has, `value`. A cell of a dimension that the
/// table lacks is empty. `names` selects tables or quantities; empty: all.
void write_tidy_csv(RunResult const& result, std::vector<std::string> const& names, std::ostream& out);

/// One line an event: `person,time,from,to,cause`, times as dates. Throws InputError (data) if the result has none.
void write_life_courses_csv(RunResult const& result, std::ostream& out);

/// A file a table, NAME.csv, and life_courses.csv, in a folder that exists; each appears complete or not at all.
/// Returns the paths.
std::vector<std::string> export_csv(RunResult const& result, std::string const& folder);

}  // namespace utvei
