// SPDX-License-Identifier: Apache-2.0
#include "wording.hpp"

#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <numeric>

namespace utvei {

std::string TextColumns::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (auto const& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  std::string text;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows_[r].size(); ++i) {
      std::string const padding(widths[i] - display_width(rows_[r][i]), ' ');
      if (i > 0) line += "  ";
      line += i == 0 ? rows_[r][i] + padding : padding + rows_[r][i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
    if (r > 0) continue;
    std::size_t const total = std::accumulate(widths.begin(), widths.end(), 2 * (widths.size() - 1));
    for (std::size_t i = 0; i < total; ++i) text += "─";
    text += '\n';
  }
  return text;
}

}  // namespace utvei
