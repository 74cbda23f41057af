// SPDX-License-Identifier: Apache-2.0
#include "csv_columns.hpp"
#include "cube.hpp"
#include "sheet_number.hpp"

#include <utvei/document/sheet.hpp>

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_cells_said = 20;

class CsvCubeReader {
 public:
  CsvCubeReader(Sheet const& sheet, CsvColumns const& columns, Mapping const& mapping, Fault fault,
                Diagnostics& diagnostics)
      : sheet_{sheet}, columns_{columns}, mapping_{mapping}, fault_{fault}, diagnostics_{diagnostics} {}

  std::optional<Cube> read() {
    for (auto const column : columns_.labels) add_dimension(column);
    if (mapping_.wide) add_wide();
    for (std::size_t row = 0; row < sheet_.rows() && troubles_ < most_cells_said; ++row) add_row(row);
    if (troubles_ > 0) return std::nullopt;
    return std::move(cube_);
  }

 private:
  void add_dimension(std::size_t column) {
    auto const* mapped = mapping_.find(sheet_.columns()[column]);
    if (mapped == nullptr) mapped = mapping_.find(fmt::format("#{}", column + 1));
    CubeDimension dimension;
    dimension.name = mapped == nullptr ? column_name(sheet_, column) : mapped->column;
    dimension.label = column_name(sheet_, column);
    dimension.place = sheet_.header_place(column);
    if (dimension.label == "statistikkvariabel" || dimension.label == "contents" || dimension.label == "ContentsCode")
      dimension.measured = Measured::contents;
    cube_.dimensions.push_back(std::move(dimension));
    known_.emplace_back();
    above_.emplace_back();
    blanks_.push_back(mapped == nullptr ? BlankLabels::refused : mapped->blanks);
  }

  void add_wide() {
    CubeDimension wide;
    wide.name = "wide";
    wide.place = mapping_.wide->mapping.place;
    for (auto const column : columns_.numbers) {
      auto const name = column_name(sheet_, column);
      wide.categories.push_back({name, name, sheet_.header_place(column)});
    }
    cube_.dimensions.push_back(std::move(wide));
  }

  void add_row(std::size_t row) {
    std::vector<std::uint32_t> positions;
    for (std::size_t d = 0; d < columns_.labels.size(); ++d) {
      auto const position = position_at(row, d);
      if (!position) return;
      positions.push_back(*position);
    }
    if (mapping_.wide) positions.push_back(0);
    if (!has_numbers(row) || !is_first(row, positions)) return;
    for (std::size_t i = 0; i < columns_.numbers.size(); ++i) {
      if (mapping_.wide) positions.back() = static_cast<std::uint32_t>(i);
      auto const cell = read_cell(row, columns_.numbers[i]);
      if (!cell) continue;
      cube_.positions.insert(cube_.positions.end(), positions.begin(), positions.end());
      cube_.cells.push_back(*cell);
    }
  }

  /// A heading within the table, or a note below it, has none.
  bool has_numbers(std::size_t row) {
    auto const is_filled = [&](std::size_t column) { return !sheet_.at(row, column).empty(); };
    if (mapping_.signs.contains("") || std::ranges::any_of(columns_.numbers, is_filled)) return true;
    complain(sheet_.place(row, 0), "this line has no numbers", "it is a note, a heading, or all of it is missing",
             fmt::format("`until: \"{}\"` if the table ends here; `signs: {{\"\": missing}}` if they are missing",
                         sheet_.at(row, 0)));
    return false;
  }

  std::optional<std::uint32_t> position_at(std::size_t row, std::size_t dimension) {
    auto const column = columns_.labels[dimension];
    auto text = sheet_.at(row, column);
    if (text.empty() && blanks_[dimension] == BlankLabels::as_above) text = above_[dimension];
    if (text.empty()) {
      complain(sheet_.place(row, column), fmt::format("`{}` is empty here", column_name(sheet_, column)),
               "nothing says what the number is of", "`blanks: as_above` if it is what the line above says");
      return std::nullopt;
    }
    above_[dimension] = text;
    auto& categories = cube_.dimensions[dimension].categories;
    auto const [found, is_new] =
        known_[dimension].try_emplace(std::string{text}, static_cast<std::uint32_t>(categories.size()));
    if (is_new) categories.push_back({std::string{text}, std::string{text}, sheet_.place(row, column)});
    return found->second;
  }

  bool is_first(std::size_t row, std::vector<std::uint32_t> const& positions) {
    auto const [first, is_new] = rows_.try_emplace(std::u32string{positions.begin(), positions.end()}, row);
    if (is_new) return true;
    complain(sheet_.place(row, 0), "this line says the same as another, of what it is a number",
             fmt::format("line {} has these labels, too", sheet_.place(first->second, 0).line),
             "if a column tells them apart, add it to `columns`; if it is another table below, end with `until`");
    return false;
  }

  std::optional<CubeCell> read_cell(std::size_t row, std::size_t column) {
    auto const text = sheet_.at(row, column);
    CubeCell cell;
    cell.place = sheet_.place(row, column);
    if (auto const sign = mapping_.signs.find(text); sign != mapping_.signs.end()) {
      cell.sign = sign->second;
      return cell;
    }
    if (auto const number = parse_sheet_number(text, {mapping_.decimal, mapping_.thousands, sheet_.separator()})) {
      cell.number = *number;
      return cell;
    }
    refuse_cell(text, cell.place);
    return std::nullopt;
  }

  void refuse_cell(std::string_view text, Place const& place) {
    if (text.empty()) {
      complain(place, "an empty cell", "it says neither 0 nor that the number is missing",
               "say what it means: `signs: {\"\": missing}`, or zero, hidden, not_possible");
      return;
    }
    auto const has_digits = text.find_first_of("0123456789") != std::string_view::npos;
    complain(place, fmt::format("`{}` is no number, and no sign that is known", text), "",
             has_digits ? "say how numbers are written: `decimal: \",\"`, `thousands: \".\"`"
                        : fmt::format("say what it means: `signs: {{\"{}\": missing}}`, or hidden, zero, not_possible; "
                                      "if it stands below the table, `until`",
                                      text));
  }

  void complain(Place place, std::string problem, std::string why, std::string suggestion) {
    ++troubles_;
    diagnostics_.add(
        {Severity::error, fault_, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
  }

  Sheet const& sheet_;
  CsvColumns const& columns_;
  Mapping const& mapping_;
  Fault fault_;
  Diagnostics& diagnostics_;
  Cube cube_;
  std::vector<std::unordered_map<std::string, std::uint32_t>> known_;  ///< categories by dimension
  std::vector<std::string_view> above_;                                ///< labels of the row before
  std::vector<BlankLabels> blanks_;
  std::unordered_map<std::u32string, std::size_t> rows_;
  std::size_t troubles_{0};
};

}  // namespace

std::optional<Cube> read_csv_cube(std::shared_ptr<SourceText const> source, Mapping const& mapping, Fault fault,
                                  Diagnostics& diagnostics) {
  auto const sheet = Sheet::parse(std::move(source), {mapping.skip_lines, mapping.until}, fault, diagnostics);
  if (!sheet) return std::nullopt;
  auto const columns = find_csv_columns(*sheet, mapping, diagnostics);
  if (!columns) return std::nullopt;
  return CsvCubeReader{*sheet, *columns, mapping, fault, diagnostics}.read();
}

}  // namespace utvei
