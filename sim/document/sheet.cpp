// SPDX-License-Identifier: Apache-2.0
#include "places.hpp"
#include "row_scanner.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/sheet.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_lines_said = 20;
/// How far to look for a header that is not where it was expected.
constexpr std::size_t most_titles = 30;

std::string_view line_at(std::string_view text, std::size_t at) {
  return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

/// Offset after `lines` lines; the size where there are fewer.
std::size_t after_lines(std::string_view text, std::size_t lines) {
  std::size_t at = 0;
  for (; lines > 0 && at < text.size(); --lines) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return at;
}

bool is_all_empty(std::vector<std::string_view> const& fields) {
  return std::ranges::all_of(fields, [](std::string_view field) { return trimmed(field).empty(); });
}

std::string_view first_text(std::vector<std::string_view> const& fields) {
  for (auto const field : fields)
    if (!trimmed(field).empty()) return trimmed(field);
  return {};
}

}  // namespace

class SheetReader {
 public:
  SheetReader(Sheet& sheet, SheetForm const& form, Fault fault, Diagnostics& diagnostics)
      : sheet_{sheet}, text_{sheet.source_->text}, form_{form}, fault_{fault}, diagnostics_{diagnostics} {}

  bool read() { return read_header() && read_rows(); }

 private:
  bool read_header() {
    at_ = after_lines(text_, form_.skip_lines);
    auto const first = text_.find_first_not_of(" \t\r\n", at_);
    if (first == std::string_view::npos)
      return refuse(whole_of(sheet_.source_), "the file has no table",
                    form_.skip_lines == 0 ? "it is empty"
                                          : fmt::format("nothing stands after the first {} lines", form_.skip_lines),
                    "count the lines above the names of the columns: `skip_lines`");
    at_ = text_.rfind('\n', first) + 1;  // npos + 1 is the start of the text
    sheet_.separator_ = find_separator(line_at(text_, at_));
    RowScanner scanner{text_, sheet_.separator_, true};
    auto const start = at_;
    if (scanner.next(at_) != RowScanner::Outcome::row)
      return refuse(place_at(scanner.trouble()), "the header cannot be read", "a quote is not closed as it should",
                    "mend the quotes of the header");
    if (scanner.fields().size() < 2) return refuse_header(start);
    sheet_.header_ = scanner.fields();
    for (auto const field : sheet_.header_) sheet_.columns_.emplace_back(trimmed(field));
    for (auto const position : scanner.escaped()) sheet_.columns_[position] = unescape(sheet_.columns_[position]);
    return true;
  }

  bool refuse_header(std::size_t start) {
    auto const line = static_cast<std::size_t>(place_at(start).line);
    std::size_t found = 0;
    for (auto next = line; next < line + most_titles && found == 0; ++next) {
      auto const candidate = line_at(text_, after_lines(text_, next));
      if (candidate.find_first_of(";,\t") != std::string_view::npos) found = next;
    }
    return refuse(place_at(start), "this line is no header: it has one column",
                  "the names of the columns are looked for in the first line that is not skipped",
                  found == 0 ? std::string{"name a table with columns"}
                             : fmt::format("if line {} has the names: `skip_lines: {}`", found + 1, found));
  }

  bool read_rows() {
    RowScanner scanner{text_, sheet_.separator_, true};
    while (troubles_ < most_lines_said) {
      auto const start = at_;
      auto const outcome = scanner.next(at_);
      if (outcome == RowScanner::Outcome::end) {
        if (!form_.until || form_.until->empty()) break;
        return refuse(whole_of(sheet_.source_), fmt::format("no line starts with `{}`", *form_.until),
                      "`until` says what stands below the table", "write how that line begins, or leave `until` out");
      }
      if (outcome == RowScanner::Outcome::open_quote || outcome == RowScanner::Outcome::after_quote) {
        complain(place_at(scanner.trouble()), "the quotes of this line do not match",
                 "a quote inside quotes is written twice", "mend the quotes");
      } else if (outcome == RowScanner::Outcome::blank || is_all_empty(scanner.fields())) {
        if (form_.until && form_.until->empty()) break;
      } else if (form_.until && !form_.until->empty() && first_text(scanner.fields()).starts_with(*form_.until)) {
        break;
      } else {
        take(scanner, start);
      }
    }
    return troubles_ == 0;
  }

  void take(RowScanner const& scanner, std::size_t start) {
    auto fields = scanner.fields();
    auto const wanted = sheet_.columns_.size();
    while (fields.size() > wanted && trimmed(fields.back()).empty()) fields.pop_back();
    if (fields.size() != wanted) {
      complain(place_at(start), fmt::format("wrong number of cells: expected {}, found {}", wanted, fields.size()),
               "each line of the table has as many as the header",
               fields.size() == 1 ? "if it is a note below the table: `until: \"how it begins\"`"
                                  : "look for a separator too many or too few");
      return;
    }
    for (auto const position : scanner.escaped())
      if (position < wanted)
        sheet_.unescaped_.emplace(sheet_.cells_.size() + position, unescape(trimmed(fields[position])));
    sheet_.cells_.insert(sheet_.cells_.end(), fields.begin(), fields.end());
  }

  [[nodiscard]] Place place_at(std::size_t offset) const {
    return sheet_.place_of(text_.substr(std::min(offset, text_.size()), 0));
  }

  bool refuse(Place place, std::string problem, std::string why, std::string suggestion) {
    diagnostics_.add(
        {Severity::error, fault_, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
    return false;
  }

  void complain(Place place, std::string problem, std::string why, std::string suggestion) {
    ++troubles_;
    refuse(std::move(place), std::move(problem), std::move(why), std::move(suggestion));
  }

  Sheet& sheet_;
  std::string_view text_;
  SheetForm const& form_;
  Fault fault_;
  Diagnostics& diagnostics_;
  std::size_t at_{0};
  std::size_t troubles_{0};
};

std::optional<Sheet> Sheet::parse(std::shared_ptr<SourceText const> source, SheetForm const& form, Fault fault,
                                  Diagnostics& diagnostics) {
  if (auto found = find_binary(source->text); !found.problem.empty()) {
    diagnostics.add({Severity::error, fault, whole_of(source), found.problem, "a table saved as text was expected",
                     "save the sheet as CSV"});
    return std::nullopt;
  }
  Sheet sheet;
  sheet.source_ = as_utf8(std::move(source));
  sheet.line_starts_.push_back(0);
  std::string_view const text = sheet.source_->text;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1))
    sheet.line_starts_.push_back(end + 1);
  if (!SheetReader{sheet, form, fault, diagnostics}.read()) return std::nullopt;
  return sheet;
}

std::string_view Sheet::at(std::size_t row, std::size_t column) const {
  auto const cell = row * columns_.size() + column;
  auto const found = unescaped_.find(cell);
  return found == unescaped_.end() ? trimmed(cells_[cell]) : std::string_view{found->second};
}

Place Sheet::place(std::size_t row, std::size_t column) const {
  return place_of(cells_[row * columns_.size() + column]);
}

Place Sheet::place_of(std::string_view cell) const {
  auto const offset = static_cast<std::size_t>(cell.data() - source_->text.data());
  auto const next = std::ranges::upper_bound(line_starts_, offset);
  auto const line = static_cast<std::size_t>(next - line_starts_.begin());
  auto const shown = cell.substr(0, cell.find('\n'));
  return {source_, static_cast<int>(line), static_cast<int>(offset - line_starts_[line - 1]) + 1,
          std::max(1, static_cast<int>(shown.size()))};
}

}  // namespace utvei
