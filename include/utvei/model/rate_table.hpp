// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/rates.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What a line of a rate table may be for.
struct RateWay {
  std::string from, to;  ///< as the columns say it
  std::string name;      ///< in messages: `work -> sick_leave`
  bool takes_table{true};
  Place place;        ///< where the way is described
  Place table_place;  ///< where it names the table
};

/// A CSV with rate_per_year (or another number) and the cells that it is for.
struct RateTable {
  std::string path;
  std::vector<RateWay> ways;      ///< Rate::transition becomes the place in this list
  std::string way{"transition"};  ///< what the ways are
  std::string end{"state"};       ///< what `from` and `to` are; empty: no such columns, all lines are for the first way
  std::vector<std::string> ends;  ///< that there are
  std::string owner;              ///< file that describes the ways
  /// Turns go on through all states: their rates have no time in state, and no standard errors.
  /// Amounts are no rates: they have a unit of their own, and the columns `source` and `confidence` for people.
  enum class For { transitions, turns, amounts } rates_of{For::transitions};
  std::string value{"rate_per_year"};  ///< the column of the number
};

/// Adds the lines of a table to `rates`. A line `from` `*` is for all ways to that end which take the table and have no
/// line of their own. Ways of the table without any line are diagnosed. Gives the strictest class of data that a line
/// names, or "synthetic".
std::string read_rate_table(RateTable const& table, Model const& model, Request const& request,
                            std::vector<Rate>& rates, Diagnostics& diagnostics);

}  // namespace utvei
