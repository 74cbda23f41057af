// SPDX-License-Identifier: Apache-2.0
#include "fold.hpp"

#include "small_counts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_contradictions_said = 5;

class Folder {
 public:
  Folder(Cube const& cube, std::vector<TableAxis> const& axes, SmallCounts const& small, Fault fault,
         Diagnostics& diagnostics)
      : cube_{cube}, axes_{axes}, small_{small}, fault_{fault}, diagnostics_{diagnostics} {}

  Folded fold() {
    for (auto const& axis : axes_)
      if (axis.column) folded_.table.columns.push_back(*axis.column);
    for (std::size_t cell = 0; cell < cube_.cells.size(); ++cell) take(cell);
    if (contradictions_ > most_contradictions_said)
      error(small_.place, fmt::format("and {} more numbers like these", contradictions_ - most_contradictions_said), {},
            {});
    return std::move(folded_);
  }

 private:
  void take(std::size_t cell) {
    RowKey key;
    std::size_t total_of = axes_.size();
    std::size_t total_column = 0;
    for (std::size_t d = 0; d < axes_.size(); ++d) {
      auto const& axis = axes_[d];
      auto const category = cube_.positions[cell * axes_.size() + d];
      if (axis.fates[category] == Fate::dropped) return;
      if (axis.fates[category] == Fate::total) {
        if (total_of < axes_.size()) return;  // a total of totals says nothing more
        total_of = d;
        total_column = key.size();
      }
      if (axis.column) key.push_back(axis.fates[category] == Fate::total ? 0 : axis.labels[category]);
    }
    auto const read = read_published(cube_.cells[cell], small_);
    if (!read.contradiction.empty()) {
      contradict(cube_.cells[cell], read.contradiction);
    } else if (total_of == axes_.size()) {
      add(key, read.value, cube_.cells[cell].place);
    } else if (axes_[total_of].column) {
      folded_.totals.push_back({total_of, total_column, std::move(key), read.value, cube_.cells[cell].place});
    }
  }

  void add(RowKey const& key, Published const& value, Place const& place) {
    auto& table = folded_.table;
    auto const [row, is_new] = rows_.try_emplace(key, table.rows());
    if (!is_new) {
      auto& sum = table.values[row->second];
      sum = sum_of(sum, value);
      return;
    }
    table.labels.insert(table.labels.end(), key.begin(), key.end());
    table.values.push_back(value);
    table.places.push_back(place);
  }

  void contradict(CubeCell const& cell, std::string const& why) {
    if (++contradictions_ > most_contradictions_said) return;
    error(cell.place, fmt::format("{:g} was published here", cell.number),
          fmt::format("the mapping says that {} (`small`)", why), "correct `small`, or leave it out");
  }

  void error(Place place, std::string problem, std::string why, std::string suggestion) {
    diagnostics_.add(
        {Severity::error, fault_, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
  }

  Cube const& cube_;
  std::vector<TableAxis> const& axes_;
  SmallCounts const& small_;
  Fault fault_;
  Diagnostics& diagnostics_;
  Folded folded_;
  std::unordered_map<RowKey, std::size_t> rows_;
  std::size_t contradictions_{0};
};

}  // namespace

Folded fold(Cube const& cube, std::vector<TableAxis> const& axes, SmallCounts const& small, Fault fault,
            Diagnostics& diagnostics) {
  return Folder{cube, axes, small, fault, diagnostics}.fold();
}

}  // namespace utvei
