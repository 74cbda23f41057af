// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// Which cells of a table of heads are of a day on which somebody was counted. A run that begins in November has no
/// count of June in its first year, and its table nothing but zeros there: these are no numbers of people. All cells of
/// other tables.
class CountedDays {
 public:
  /// Of cells that lie row-major along `axes`, dimensions of the table.
  CountedDays(RunResult const& result, Table const& table, std::vector<std::string> const& axes);
  [[nodiscard]] bool contains(std::size_t cell) const;

 private:
  struct Axis {
    std::size_t length;
    std::size_t stride;  ///< among the days; 0: it does not tell days apart
  };
  std::vector<Axis> axes_;
  std::vector<bool> is_counted_;  ///< by day; empty: the table has no days
};

}  // namespace utvei
