// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace utvei {

/// The dimension of a table that stands in the column `state` of a comparison: state, transition, definition, measure,
/// …; "" if it has none. Its labels are not summed over, there or where a register is held back.
std::string category_of(Table const& table);

/// Whether counts of the quantity in several years, or at several dates, add up to a number of people or events.
bool adds_up_over_years(std::string_view quantity);

/// Which direction of an outcome (a label along `category`) is good news: as `given` says, or else by the state's group
/// or the definition's `better`. None: nobody says.
std::optional<Better> direction_of(RunResult const& baseline, std::string const& category, std::string const& outcome,
                                   std::map<std::string, Better> const& given);

}  // namespace utvei
