// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/disclosure.hpp>
#include <utvei/results/result.hpp>

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace utvei {

/// One line a cell: `table`, a column for every dimension that any table has, `value`. A cell of a dimension that the
/// table lacks is empty. `names` selects tables or quantities; empty: all. Of a result made from a register, `outside`
/// leaves the values empty that may not be shown; returns their number.
std::size_t write_tidy_csv(RunResult const& result, std::vector<std::string> const& names, std::ostream& out,
                           Audience audience = Audience::outside);

/// One line an event: `person,time,from,to,cause`, times as dates. Throws InputError (data) if the result has none.
void write_life_courses_csv(RunResult const& result, std::ostream& out);

struct ExportedFiles {
  std::vector<std::string> paths;
  std::size_t suppressed{0};  ///< values that were left empty
};
/// A file a table, NAME.csv, and life_courses.csv, in a folder that exists; each appears complete or not at all. What
/// is made from a register can be read by its owner alone. Throws InputError (wrong usage) if life courses of a
/// register would be written for `outside`.
ExportedFiles export_csv(RunResult const& result, std::string const& folder, Audience audience = Audience::outside);

}  // namespace utvei
