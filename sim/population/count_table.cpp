// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/population/count_table.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_count_errors = 100;
constexpr double most_people = 1e11;
/// As Statistics Norway writes them.
constexpr std::array<std::string_view, 3> unknown_signs{"", ":", ".."};

class CountReader {
 public:
  CountReader(DelimitedFile const& file, CountRequest const& request, Diagnostics& diagnostics)
      : file_{file}, request_{request}, diagnostics_{diagnostics} {
    table_.file = file.path();
    table_.place = file.header_place();
    table_.separator = file.separator();
  }

  std::optional<CountTable> read() {
    std::size_t const before = diagnostics_.error_count();
    find_columns();
    if (diagnostics_.error_count() != before) return std::nullopt;
    file_.for_each_row(diagnostics_, [&](DelimitedFile::Row const& row) {
      if (diagnostics_.error_count() - before < most_count_errors && is_wanted(row)) add(row);
    });
    if (diagnostics_.error_count() - before >= most_count_errors)
      diagnostics_.error({}, fmt::format("too many errors in {}: the rest is not shown", file_.path()));
    if (diagnostics_.error_count() == before && table_.rows() == 0) say_empty();
    return std::move(table_);
  }

 private:
  void find_columns() {
    if (!request_.count.empty()) count_ = file_.require_column(request_.count, request_.count_place, diagnostics_);
    for (TableCondition const& condition : request_.where) {
      if (auto const column = file_.require_column(condition.column, condition.place, diagnostics_))
        conditions_.emplace_back(*column, condition.value);
    }
    for (std::size_t i = 0; i < file_.columns().size(); ++i) {
      bool const is_condition =
          std::ranges::any_of(conditions_, [i](auto const& condition) { return condition.first == i; });
      if (i == count_ || is_condition) continue;
      table_.columns.push_back({file_.columns()[i], file_.header_place(i), {}, {}, {}});
      places_.push_back(i);
    }
    numbers_.resize(places_.size());
  }

  [[nodiscard]] bool is_wanted(DelimitedFile::Row const& row) const {
    return std::ranges::all_of(conditions_, [&](auto const& each) { return trimmed(row[each.first]) == each.second; });
  }

  void add(DelimitedFile::Row const& row) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      CountColumn& column = table_.columns[i];
      std::string const label{trimmed(row[places_[i]])};
      auto const [found, is_new] = numbers_[i].try_emplace(label, column.labels.size());
      if (is_new) {
        column.labels.push_back(label);
        column.label_places.push_back(row.place(places_[i]));
      }
      column.label_of.push_back(found->second);
    }
    table_.row_places.push_back(row.place());
    if (count_) table_.count.push_back(count_in(row));
  }

  std::optional<double> count_in(DelimitedFile::Row const& row) {
    std::string_view const text = trimmed(row[*count_]);
    if (std::ranges::find(unknown_signs, text) != unknown_signs.end()) return std::nullopt;
    auto const count = parse_number(text, file_.separator());
    if (count && *count >= 0 && *count <= most_people) return count;
    diagnostics_.error(row.place(*count_), fmt::format("`{}` is not a number of people", text), {},
                       "write a number, 0 or more; what is not known is empty, `:` or `..`");
    return std::nullopt;
  }

  void say_empty() {
    if (request_.where.empty()) {
      diagnostics_.error(table_.place, fmt::format("no rows in {}", file_.path()), {}, "add a row for each count");
      return;
    }
    diagnostics_.error(request_.where.front().place, fmt::format("no row of {} is meant", file_.path()),
                       "none has these values under `where`", "see what stands in these columns");
  }

  DelimitedFile const& file_;
  CountRequest const& request_;
  Diagnostics& diagnostics_;
  CountTable table_;
  std::optional<std::size_t> count_;
  std::vector<std::pair<std::size_t, std::string>> conditions_;
  std::vector<std::size_t> places_;                                      ///< of the columns of labels in the file
  std::vector<std::unordered_map<std::string, std::uint32_t>> numbers_;  ///< of labels, by column
};

}  // namespace

CountColumn const* CountTable::column(std::string_view name) const {
  auto const found = std::ranges::find(columns, name, &CountColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

std::optional<CountTable> read_count_table(std::string const& path, CountRequest const& request, Place const& from,
                                           Diagnostics& diagnostics) {
  auto const file = DelimitedFile::open(path, Request{from}, diagnostics);
  if (!file) return std::nullopt;
  return CountReader{*file, request, diagnostics}.read();
}

}  // namespace utvei
