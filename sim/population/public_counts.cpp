// SPDX-License-Identifier: Apache-2.0
#include "public_counts.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

class PublicCounts {
 public:
  PublicCounts(PublicTable const& from, CountRequest const& request, Place const& place, Diagnostics& diagnostics)
      : from_{from}, request_{request}, diagnostics_{diagnostics} {
    table_.file = from.source;
    table_.place = place;
  }

  std::optional<CountTable> take() {
    std::size_t const before = diagnostics_.error_count();
    find_conditions();
    find_dimensions();
    if (diagnostics_.error_count() > before) return std::nullopt;
    for (std::size_t row = 0; row < from_.rows(); ++row) {
      if (is_meant(row)) add(row);
    }
    if (table_.rows() == 0) {
      diagnostics_.error(request_.where.empty() ? table_.place : request_.where.front().place,
                         fmt::format("no row of {} is meant", table_.file), "none has these values under `where`",
                         "see what the table has: utvei tables MAPPING");
      return std::nullopt;
    }
    return std::move(table_);
  }

 private:
  void find_conditions() {
    for (CountRequest::Condition const& condition : request_.where) {
      auto const column = from_.column(condition.column);
      if (column) {
        conditions_.emplace_back(*column, condition.value);
        continue;
      }
      std::vector<std::string> known;
      for (TableColumn const& each : from_.columns) known.push_back(each.name);
      diagnostics_.error(condition.place, fmt::format("the table has no `{}`", condition.column), {},
                         did_you_mean(condition.column, known));
    }
  }

  /// A year is no attribute of people: there is one, or `where` says which.
  void find_dimensions() {
    for (std::size_t c = 0; c < from_.columns.size(); ++c) {
      TableColumn const& column = from_.columns[c];
      bool const is_condition = std::ranges::any_of(conditions_, [c](auto const& each) { return each.first == c; });
      bool const is_period = column.kind == TableColumn::Kind::period;
      if (is_period && !is_condition && column.labels.size() > 1) {
        diagnostics_.error(table_.place, fmt::format("{} is of several times", table_.file),
                           fmt::format("`{}` has {} to {}", column.name, column.labels.front(), column.labels.back()),
                           fmt::format("say which: where: {{{}: \"{}\"}}", column.name, column.labels.back()));
      }
      if (is_condition || is_period) continue;
      dimensions_.push_back(c);
      table_.columns.push_back({column.name, table_.place, column.labels, {}, {}});
      table_.columns.back().label_places.assign(column.labels.size(), table_.place);
    }
  }

  [[nodiscard]] bool is_meant(std::size_t row) const {
    return std::ranges::all_of(conditions_,
                               [&](auto const& each) { return from_.label(row, each.first) == each.second; });
  }

  void add(std::size_t row) {
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
      table_.columns[i].label_of.push_back(from_.position(row, dimensions_[i]));
    }
    Published const& value = from_.values[row];
    bool const adds_nothing = value.sign == Sign::not_possible;
    table_.count.push_back(value.is_missing() && !adds_nothing
                               ? std::nullopt
                               : std::optional{adds_nothing ? 0.0 : std::max(0.0, value.estimate)});
    table_.row_places.push_back(from_.places[row]);
  }

  PublicTable const& from_;
  CountRequest const& request_;
  Diagnostics& diagnostics_;
  CountTable table_;
  std::vector<std::pair<std::size_t, std::string>> conditions_;
  std::vector<std::size_t> dimensions_;
};

}  // namespace

std::optional<CountTable> counts_of(PublicTable const& table, CountRequest const& request, Place const& place,
                                    Diagnostics& diagnostics) {
  return PublicCounts{table, request, place, diagnostics}.take();
}

}  // namespace utvei
