// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// A number of a result that a question is about: cells of a table, added up.
struct AskedOutcome {
  std::string text;  ///< as it was asked for
  std::string of;    ///< quantity, or name of a table
  /// By dimension, which labels; `42*` is all that begin so. `state` is also a transition, a definition and whatever
  /// else stands in that column of a comparison, and a group of states.
  std::map<std::string, std::vector<std::string>> where;
};

/// `person_years,state=work,region=4203+4204,year=2030`. Throws InputError (usage); `option` names it in messages.
AskedOutcome read_outcome(std::string const& text, std::string_view option);
/// The same text of what is said key by key.
std::string text_of(AskedOutcome const& outcome);

/// An outcome in each run and group of one result.
struct OutcomeValues {
  std::size_t draws{1}, replicates{1}, groups{0};
  std::vector<double> total;     ///< draw, replicate
  std::vector<double> by_group;  ///< draw, replicate, group; empty where there are no groups, or they are no samples
  std::vector<double> group_persons;
  std::vector<std::string> states;  ///< labels that were added up, in the column `state`; empty: the table has none
  std::vector<double> cells;        ///< that were added up, means over draws and replicates
};
/// Throws InputError (usage) where the result does not have it, or where its cells do not add up.
OutcomeValues values_of(RunResult const& result, AskedOutcome const& outcome);

}  // namespace utvei
