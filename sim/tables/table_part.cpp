// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>
#include <utvei/tables/table_part.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

class PartFinder {
 public:
  PartFinder(PublicTable const& table, std::vector<TableCondition> const& where, Place const& place,
             Diagnostics& diagnostics)
      : table_{table}, where_{where}, place_{place}, diagnostics_{diagnostics} {}

  std::optional<TablePart> find() {
    std::size_t const before = diagnostics_.error_count();
    find_conditions();
    TablePart part;
    find_columns(part);
    if (diagnostics_.error_count() > before) return std::nullopt;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      if (is_meant(row)) part.rows.push_back(row);
    }
    if (part.rows.empty()) {
      diagnostics_.error(where_.empty() ? place_ : where_.front().place,
                         fmt::format("no row of {} is meant", table_.source), "none has these values under `where`",
                         "see what the table has: utvei tables MAPPING");
      return std::nullopt;
    }
    return part;
  }

 private:
  void find_conditions() {
    for (TableCondition const& condition : where_) {
      auto const column = table_.column(condition.column);
      if (column) {
        conditions_.emplace_back(*column, condition.value);
        continue;
      }
      std::vector<std::string> known;
      for (TableColumn const& each : table_.columns) known.push_back(each.name);
      diagnostics_.error(condition.place, fmt::format("the table has no `{}`", condition.column), {},
                         did_you_mean(condition.column, known));
    }
  }

  void find_columns(TablePart& part) {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      TableColumn const& column = table_.columns[c];
      bool const is_condition = std::ranges::any_of(conditions_, [c](auto const& each) { return each.first == c; });
      bool const is_period = column.kind == TableColumn::Kind::period;
      if (is_period && !is_condition && column.labels.size() > 1) {
        diagnostics_.error(place_, fmt::format("{} is of several times", table_.source),
                           fmt::format("`{}` has {} to {}", column.name, column.labels.front(), column.labels.back()),
                           fmt::format("say which: where: {{{}: \"{}\"}}", column.name, column.labels.back()));
      }
      if (!is_condition && !is_period) part.columns.push_back(c);
    }
  }

  [[nodiscard]] bool is_meant(std::size_t row) const {
    return std::ranges::all_of(conditions_,
                               [&](auto const& each) { return table_.label(row, each.first) == each.second; });
  }

  PublicTable const& table_;
  std::vector<TableCondition> const& where_;
  Place const& place_;
  Diagnostics& diagnostics_;
  std::vector<std::pair<std::size_t, std::string>> conditions_;
};

}  // namespace

std::vector<TableCondition> read_where(Value const& value, Diagnostics& diagnostics) {
  std::vector<TableCondition> where;
  if (!value.is_map()) {
    diagnostics.error(value.place, "`where` must be a map", {}, "write where: {year: 2022}");
    return where;
  }
  for (Member const& member : value.members)
    if (auto const text = as_text(member.value, member.key, diagnostics))
      where.push_back({member.key, *text, member.key_place});
  return where;
}

std::optional<TablePart> part_of(PublicTable const& table, std::vector<TableCondition> const& where, Place const& place,
                                 Diagnostics& diagnostics) {
  return PartFinder{table, where, place, diagnostics}.find();
}

}  // namespace utvei
