// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <string>

namespace utvei {

/// The sum of a table over all but the dimensions that `where` names.
inline double sum(RunResult const& result, std::string const& table,
                  std::map<std::string, std::string, std::less<>> const& where = {}) {
  Table const& t = *result.table(table);
  double total = 0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    std::size_t rest = i;
    bool is_in = true;
    for (std::size_t d = t.dimensions.size(); d-- > 0;) {
      auto const& dimension = t.dimensions[d];
      std::string const& label = dimension.labels[rest % dimension.labels.size()];
      rest /= dimension.labels.size();
      auto const wanted = where.find(dimension.name);
      is_in = is_in && (wanted == where.end() || wanted->second == label);
    }
    if (is_in) total += t.value(i);
  }
  return total;
}

}  // namespace utvei
