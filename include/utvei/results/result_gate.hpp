// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// How many numbers of a result stay inside: a log that says nothing of their values.
struct HeldBack {
  std::size_t small{0};        ///< of few people
  std::size_t complements{0};  ///< which would give those away
  std::size_t withheld{0};     ///< tables of which nothing leaves
  friend bool operator==(HeldBack const&, HeldBack const&) = default;
};

/// Finds which numbers of results that were run or are shown together stay inside if one of them is made from a
/// register, of their tables and of all sums that `compare` shows of them, and writes them into `hidden` of each:
/// people and luck are the same, so what is hidden in one is hidden in all. Nothing for other classes.
HeldBack hide_cells(std::vector<RunResult*> const& results);

/// Whether tables of a quantity stay inside as a whole: kroner and points, which of few people are what each has, and
/// counts from which others follow by more than sums. `units`: of the table.
bool stays_inside(std::string_view quantity, std::string_view units);

/// A cell of a table, or a sum of it over the dimensions that are not named.
struct NamedCell {
  std::string table;
  std::vector<std::pair<std::string, std::string>> place;
  std::string category;  ///< state, transition or their like; empty: there is none
};
/// The cells that `compare` adds up where it is asked for an outcome, or for a difference of differences in one row.
/// Empty where the result has none, as of kroner.
std::vector<NamedCell> cells_of_outcome(RunResult const& result, std::string const& outcome);
struct ContrastRow;
std::vector<NamedCell> cells_of_contrast(RunResult const& result, ContrastRow const& row);
/// Of effects per 1,000: how many people the smaller of the two parts has at least, of whom nobody has more than a year
/// in a year.
double fewest_in_contrast(RunResult const& result, ContrastRow const& row);

/// The way out for numbers of results that are shown together. Made of any result, it lets pass what all of them show;
/// results of other classes pass whole.
class ResultGate {
 public:
  explicit ResultGate(std::vector<RunResult const*> const& results);

  /// Whether a number made of a table stays inside. `place`: dimensions and labels; the table is summed over others.
  /// `category`: the label along the dimension that tells states, transitions or their like apart; empty: there is
  /// none. What the gate does not know stays inside.
  [[nodiscard]] bool hides(std::string const& table, std::vector<std::pair<std::string, std::string>> const& place,
                           std::string const& category) const;
  [[nodiscard]] bool hides(NamedCell const& cell) const { return hides(cell.table, cell.place, cell.category); }
  /// By the cells of a table of the first result, draws and all.
  [[nodiscard]] std::vector<bool> hidden_in(Table const& table) const;
  /// The strictest of the results.
  [[nodiscard]] DisclosureRules const& rules() const { return rules_; }
  [[nodiscard]] bool is_open() const { return is_open_; }

 private:
  [[nodiscard]] bool is_sum_at(Table const& hidden,
                               std::vector<std::pair<std::string, std::string>> const& place) const;

  bool is_open_{true};
  bool shows_medians_{false};
  DisclosureRules rules_;
  std::map<std::string, std::string> quantities_;  ///< by name of table
  std::vector<Table> hidden_;
};

}  // namespace utvei
