// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstddef>
#include <map>
#include <string>

namespace utvei {

/// The sum of the cells that have all these labels, as dimension=label.
inline double sum_where(Table const& table, std::map<std::string, std::string> const& where) {
  double total = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::size_t rest = i;
    bool is_in = true;
    for (std::size_t d = table.dimensions.size(); d-- > 0;) {
      auto const& dimension = table.dimensions[d];
      std::string const& label = dimension.labels[rest % dimension.labels.size()];
      rest /= dimension.labels.size();
      auto const wanted = where.find(dimension.name);
      is_in = is_in && (wanted == where.end() || wanted->second == label);
    }
    if (is_in) total += table.value(i);
  }
  return total;
}

/// The same of a table of a result.
inline double sum(RunResult const& result, std::string const& table,
                  std::map<std::string, std::string> const& where = {}) {
  return sum_where(*result.table(table), where);
}

}  // namespace utvei
