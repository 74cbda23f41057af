// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"
#include "combinations.hpp"

#include <utvei/population/time_in_state.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

struct TimeRow {
  Span piece;
  double share;
  Place place;
};

/// The piece of a row; none after a diagnosis.
std::optional<Span> piece_of(CountTable const& table, std::size_t row, Diagnostics& diagnostics) {
  std::optional<std::int64_t> ends[2];
  char const* const names[2] = {"from", "to"};
  for (std::size_t i = 0; i < 2; ++i) {
    CountColumn const& column = *table.column(names[i]);
    auto const time = read_time_in_state(column.at(row));
    if (time.value) {
      ends[i] = time.value->minutes;
    } else {
      diagnostics.error(column.label_places[column.label_of[row]], time.problem,
                        column.at(row).empty() ? "people are spread evenly up to the end of a piece" : "",
                        time.suggestion);
    }
  }
  if (!ends[0] || !ends[1]) return std::nullopt;
  if (*ends[0] < *ends[1]) return Span{*ends[0], *ends[1]};
  diagnostics.error(table.row_places[row], "`from` is not before `to`", {}, "write the shorter time first");
  return std::nullopt;
}

TimePieces pieces_of(std::vector<TimeRow> rows, Diagnostics& diagnostics) {
  std::ranges::stable_sort(rows, {}, [](TimeRow const& row) { return row.piece.from; });
  TimePieces made;
  double sum = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && rows[i].piece.from < rows[i - 1].piece.to)
      diagnostics.error(rows[i].place, "this piece of time overlaps another",
                        fmt::format("that of line {}, for the same people", rows[i - 1].place.line),
                        "let each begin where the one before it ends");
    sum += rows[i].share;
    made.share_until.push_back(sum);
    made.pieces.push_back(rows[i].piece);
  }
  if (!(sum > 0))
    diagnostics.error(rows.front().place, "the shares of these people are all 0", {}, "write at least one above 0");
  for (double& share : made.share_until) share /= sum;
  return made;
}

}  // namespace

Duration TimePieces::at(double u) const {
  auto const found = std::ranges::upper_bound(share_until, u);
  std::size_t const piece = std::min(static_cast<std::size_t>(found - share_until.begin()), pieces.size() - 1);
  double const before = piece == 0 ? 0 : share_until[piece - 1];
  double const within = std::clamp((u - before) / (share_until[piece] - before), 0.0, 1.0);
  auto const width = static_cast<double>(pieces[piece].to - pieces[piece].from);
  auto const minutes = std::min(static_cast<std::int64_t>(within * width), pieces[piece].to - pieces[piece].from - 1);
  return {pieces[piece].from + minutes};
}

TimesInState read_times(GroupTable const& table, Cells const& cells, Regions const& regions, Diagnostics& diagnostics) {
  TimesInState times;
  times.of_cell.assign(cells.size(), any_group);
  bool is_complete = true;
  for (char const* name : {"from", "to"}) {
    if (table.table.column(name)) continue;
    diagnostics.error(table.table.place, fmt::format("no column `{}`", name),
                      "each row is a piece of time with a share of the people",
                      fmt::format("add `{}`: 0 days, 26 weeks, …", name));
    is_complete = false;
  }
  if (!is_complete) return times;
  Combinations const combinations{table, cells, regions};
  std::map<Combination, std::vector<TimeRow>> rows;
  for (std::size_t row = 0; row < table.table.rows(); ++row) {
    Place const& place = table.table.row_places[row];
    if (!table.table.count[row]) diagnostics.error(place, "a share is not known", {}, "write a number");
    if (auto const piece = piece_of(table.table, row, diagnostics))
      rows[combinations.of_row(row)].push_back({*piece, table.table.count[row].value_or(1), place});
  }
  std::map<Combination, std::uint32_t> number;
  for (auto& [combination, of_combination] : rows) {
    number[combination] = static_cast<std::uint32_t>(times.pieces.size());
    times.pieces.push_back(pieces_of(std::move(of_combination), diagnostics));
  }
  for_each_cell(cells, [&](std::size_t cell, std::vector<std::size_t> const& levels) {
    auto const combination = combinations.of_cell(levels);
    auto const found = combination ? number.find(*combination) : number.end();
    if (found != number.end()) times.of_cell[cell] = found->second;
  });
  return times;
}

}  // namespace utvei
