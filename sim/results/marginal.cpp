// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// How far one step along each axis of the table moves in the marginal: 0 for axes that are summed over.
struct Layout {
  std::vector<std::size_t> lengths;
  std::vector<std::size_t> strides;
  std::size_t size{1};
};

Layout layout_of(Table const& table, std::vector<std::string> const& keep) {
  Layout layout;
  for (Dimension const& dimension : table.dimensions) layout.lengths.push_back(dimension.labels.size());
  layout.strides.assign(layout.lengths.size(), 0);
  for (std::size_t i = keep.size(); i-- > 0;) {
    auto const axis = table.axis(keep[i]);
    if (!axis) continue;
    layout.strides[*axis] = layout.size;
    layout.size *= layout.lengths[*axis];
  }
  return layout;
}

/// Moves to the next line along the last axis; `at` is its place in the marginal.
void advance(Layout const& layout, std::vector<std::size_t>& index, std::size_t& at) {
  for (std::size_t axis = index.size(); axis-- > 0;) {
    at += layout.strides[axis];
    if (++index[axis] < layout.lengths[axis]) return;
    at -= layout.strides[axis] * layout.lengths[axis];
    index[axis] = 0;
  }
}

template <class Value>
std::vector<double> sum_lines(Layout const& layout, std::size_t cells, Value const& value) {
  std::vector<double> sums(layout.size, 0.0);
  if (cells == 0) return sums;
  if (layout.lengths.empty()) {
    sums[0] = value(0);
    return sums;
  }
  std::size_t const line = layout.lengths.back();
  std::size_t const step = layout.strides.back();
  std::vector<std::size_t> index(layout.lengths.size() - 1, 0);
  std::size_t at = 0;
  for (std::size_t first = 0; first < cells; first += line) {
    for (std::size_t i = 0; i < line; ++i) sums[at + i * step] += value(first + i);
    advance(layout, index, at);
  }
  return sums;
}

}  // namespace

std::vector<double> marginal(Table const& table, std::vector<std::string> const& keep) {
  Layout const layout = layout_of(table, keep);
  return std::visit(
      [&](auto const& cells) {
        return sum_lines(layout, cells.size(), [&](std::size_t i) { return static_cast<double>(cells[i]); });
      },
      table.values);
}

std::vector<double> marginal_difference(Table const& minuend, Table const& subtrahend,
                                        std::vector<std::string> const& keep) {
  UTVEI_EXPECT(minuend.dimensions == subtrahend.dimensions);
  UTVEI_EXPECT(minuend.size() == subtrahend.size());
  Layout const layout = layout_of(minuend, keep);
  return std::visit(
      [&](auto const& with, auto const& without) {
        return sum_lines(layout, with.size(),
                         [&](std::size_t i) { return static_cast<double>(with[i]) - static_cast<double>(without[i]); });
      },
      minuend.values, subtrahend.values);
}

std::size_t length_of(Table const& table, std::string_view dimension) {
  auto const axis = table.axis(dimension);
  return axis ? table.dimensions[*axis].labels.size() : 1;
}

}  // namespace utvei
