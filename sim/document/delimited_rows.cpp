// SPDX-License-Identifier: Apache-2.0
#include "places.hpp"
#include "row_scanner.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A line may end as on Windows.
constexpr std::string_view blanks = " \t\r";

constexpr std::size_t most_said = 20;

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// from_chars takes no plus sign.
std::string_view without_plus(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  return text;
}

}  // namespace

Place DelimitedFile::Row::place() const {
  return {file_->source_, line_, 1, 1};
}

Place DelimitedFile::Row::place(std::size_t column) const {
  std::string_view const text = file_->source_->text;
  auto const field = as_written(column);
  if (field.data() == nullptr) return place();
  auto const shown = field.substr(0, field.find('\n'));
  Place place = place_at(static_cast<std::size_t>(field.data() - text.data()));
  place.length = std::max(1, static_cast<int>(shown.size()));
  return place;
}

std::string_view DelimitedFile::Row::as_written(std::size_t column) const {
  // Without quotes fields are views of the text; with them some are unescaped copies. The header has none.
  if (!file_->has_quotes_ && column < fields_.size()) return fields_[column];
  RowScanner scanner{file_->source_->text, file_->separator_, file_->has_quotes_};
  auto at = offset_;
  scanner.next(at);
  return column < scanner.fields().size() ? scanner.fields()[column] : std::string_view{};
}

Place DelimitedFile::Row::place_at(std::size_t offset) const {
  auto const before = std::string_view{file_->source_->text}.substr(offset_, offset - offset_);
  auto const line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {file_->source_, line_ + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
          static_cast<int>(before.size() - line_start) + 1, 1};
}

std::string_view DelimitedFile::Row::text() const {
  std::string_view const text = file_->source_->text;
  RowScanner scanner{text, file_->separator_, file_->has_quotes_};
  auto end = offset_;
  scanner.next(end);
  return without_line_end(text.substr(offset_, end - offset_));
}

DelimitedFile::BrokenRow DelimitedFile::broken(Row const& row, RowScanner const& scanner, std::size_t end) const {
  BrokenRow found;
  found.text = without_line_end(std::string_view{source_->text}.substr(row.offset_, end - row.offset_));
  switch (scanner.outcome()) {
    case RowScanner::Outcome::open_quote:
      found.place = row.place_at(scanner.trouble());
      found.reason = "quote that is never closed";
      found.problem = "the quote that opens here is never closed";
      found.why = "nothing after it was read";
      found.suggestion = "close the quote";
      found.rest_is_lost = true;
      break;
    case RowScanner::Outcome::after_quote:
      found.place = row.place_at(scanner.trouble());
      found.reason = "text after a closing quote";
      found.problem = "text stands between a closing quote and the separator";
      found.why = "a quote inside quotes is written twice";
      found.suggestion = "mend the quotes of the line";
      break;
    default:
      found.place = row.place();
      found.reason = "wrong number of fields";
      found.problem =
          fmt::format("wrong number of fields: expected {}, found {}", columns_.size(), scanner.fields().size());
      found.why = has_header_ ? "each line has as many fields as the header"
                              : fmt::format("each line is `{}`", PlainForm{columns_, separator_}.text());
      found.suggestion = separator_ == ',' && scanner.fields().size() > columns_.size()
                             ? "mend the line; where decimals have a comma, write `;` between fields"
                             : "mend the line: look for a separator too many or too few";
  }
  return found;
}

void DelimitedFile::for_each_row(std::function<void(Row const&)> const& visit,
                                 std::function<void(BrokenRow const&)> const& broken_row) const {
  for_each_row(all_rows(), visit, broken_row);
}

void DelimitedFile::for_each_row(Stretch const& stretch, std::function<void(Row const&)> const& visit,
                                 std::function<void(BrokenRow const&)> const& broken_row) const {
  auto const text = std::string_view{source_->text}.substr(0, stretch.last);
  auto const expected = columns_.size();
  RowScanner scanner{text, separator_, has_quotes_};
  auto at = stretch.first;
  Row row;
  row.file_ = this;
  for (row.line_ = stretch.line;; row.line_ += scanner.lines()) {
    row.offset_ = at;
    auto const outcome = scanner.next(at);
    if (outcome == RowScanner::Outcome::end) break;
    if (outcome == RowScanner::Outcome::blank) continue;
    auto& fields = scanner.fields();
    auto const has_trailing = trailing_separator_ && fields.size() == expected + 1 && fields.back().empty();
    if (outcome != RowScanner::Outcome::row || (fields.size() != expected && !has_trailing)) {
      broken_row(broken(row, scanner, at));
      continue;
    }
    for (auto const position : scanner.escaped())
      fields[position] = unescaped_->at(static_cast<std::size_t>(fields[position].data() - text.data()));
    row.fields_ = std::span{fields}.first(expected);
    visit(row);
  }
}

void DelimitedFile::for_each_row(Diagnostics& diagnostics, std::function<void(Row const&)> const& visit) const {
  std::size_t troubles = 0;
  for_each_row(visit, [&](BrokenRow const& row) {
    if (++troubles <= most_said) error(row.place, row.problem, row.why, row.suggestion, diagnostics);
  });
  if (troubles > most_said)
    error(whole_of(source_), fmt::format("and {} more lines like these", troubles - most_said), "", "", diagnostics);
}

std::optional<double> parse_number(std::string_view field, char separator) {
  auto text = without_plus(trimmed(field, blanks));
  std::array<char, 64> copy{};
  if (separator == ';' && text.find(',') != std::string_view::npos) {
    if (text.size() > copy.size() || text.find('.') != std::string_view::npos) return std::nullopt;
    std::replace_copy(text.begin(), text.end(), copy.begin(), ',', '.');
    text = {copy.data(), text.size()};
  }
  double number = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<std::int64_t> parse_integer(std::string_view field) {
  auto const text = without_plus(trimmed(field, blanks));
  std::int64_t number = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace utvei
