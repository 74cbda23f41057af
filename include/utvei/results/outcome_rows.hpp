// SPDX-License-Identifier: Apache-2.0
// Rows of a comparison for what people ask of it: time in a group of states, year by year or by area; money as it adds
// up.
#pragma once

#include <utvei/results/compare.hpp>
#include <utvei/results/result_gate.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// Regions of a result that are looked at as one.
struct RegionArea {
  std::string name;
  std::vector<std::string> regions;  ///< labels along `region`
};

struct GroupQuestion {
  std::string group;  ///< of states, whose person-years are added up
  bool by_year{false};
  std::vector<RegionArea> areas{};  ///< empty: everywhere
};

struct GroupRow {
  ComparisonRow row;  ///< `state` is the group, `region` the name of the area
  std::optional<double>
      years_of_all{};  ///< person-years of all but `dead` and `abroad` in the baseline; none: held back
};

struct GroupRows {
  std::vector<GroupRow> rows;
  std::size_t held_back{0};  ///< rows that stay inside
};

/// Errors are as compare() gives them to single states. Where nobody lives has no row. No rows: no table tells it.
/// `gate`: none, where what is told stays inside.
GroupRows rows_of_group(RunResult const& baseline, RunResult const& scenario, GroupQuestion const& question,
                        ResultGate const* gate);

/// As the rules of a register say, to multiples. Intervals keep their lengths, and tell no more than the two numbers
/// do.
void round_row(ComparisonRow& row, DisclosureRules const& rules);

/// What a ledger (a payer, `public_purse`, `society`) has gained up to the end of each year, in present values of a
/// year. Both results count money by the rules of one file; else there are no rows.
std::vector<ComparisonRow> rows_of_gain(RunResult const& baseline, RunResult const& scenario, std::string_view ledger,
                                        int present_year);

/// The interval about a difference that readers are shown: parameters and chance together where there are draws, else
/// luck alone; none: it is not known. `per_cent`: 50, 80 or 95.
std::optional<std::pair<double, double>> shown_interval(ComparisonRow const& row, int per_cent);
/// Whether that of 95 % leaves 0 out; none: it is not known.
std::optional<bool> stands_out_from_zero(ComparisonRow const& row);

}  // namespace utvei
