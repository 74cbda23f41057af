// SPDX-License-Identifier: Apache-2.0
#include "places.hpp"
#include "row_scanner.hpp"

#include <utvei/document/delimited.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_said = 20;

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
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
  auto const offset = static_cast<std::size_t>(field.data() - text.data());
  auto const before = text.substr(offset_, offset - offset_);
  auto const line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  auto const shown = field.substr(0, field.find('\n'));
  return {file_->source_, line_ + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
          static_cast<int>(before.size() - line_start) + 1, std::max(1, static_cast<int>(shown.size()))};
}

std::string_view DelimitedFile::Row::as_written(std::size_t column) const {
  // Without quotes fields are views of the text; with them some are unescaped copies. The header has none.
  if (!file_->has_quotes_ && column < fields_.size()) return fields_[column];
  RowScanner scanner{file_->source_->text, file_->separator_, file_->has_quotes_};
  auto at = offset_;
  scanner.next(at);
  return column < scanner.fields().size() ? scanner.fields()[column] : std::string_view{};
}

void DelimitedFile::for_each_row(Diagnostics& diagnostics, std::function<void(Row const&)> const& visit) const {
  std::string_view const text = source_->text;
  auto const expected = columns_.size();
  RowScanner scanner{text, separator_, has_quotes_};
  std::size_t troubles = 0;
  auto const say = [&](Place const& place, std::string problem, std::string why, std::string suggestion) {
    if (++troubles > most_said) return;
    error(place, std::move(problem), std::move(why), std::move(suggestion), diagnostics);
  };
  auto at = body_;
  Row row;
  row.file_ = this;
  auto const header = text.substr(header_, body_ - header_);
  row.line_ = header_line_ + static_cast<int>(std::count(header.begin(), header.end(), '\n'));
  for (;;) {
    row.offset_ = at;
    auto const outcome = scanner.next(at);
    if (outcome == RowScanner::Outcome::end) break;
    auto& fields = scanner.fields();
    if (outcome == RowScanner::Outcome::row) {
      auto const has_trailing = trailing_separator_ && fields.size() == expected + 1 && fields.back().empty();
      if (fields.size() == expected || has_trailing) {
        for (auto const position : scanner.escaped())
          fields[position] = unescaped_->at(static_cast<std::size_t>(fields[position].data() - text.data()));
        row.fields_ = std::span{fields}.first(expected);
        visit(row);
      } else {
        say(row.place(), fmt::format("wrong number of fields: expected {}, found {}", expected, fields.size()),
            "each line has as many fields as the header", "mend the line: look for a separator too many or too few");
      }
    } else if (outcome != RowScanner::Outcome::blank) {
      auto const is_open = outcome == RowScanner::Outcome::open_quote;
      say(PlaceFinder{source_}.at(scanner.trouble()),
          is_open ? "the quote that opens here is never closed"
                  : "text stands between a closing quote and the separator",
          is_open ? "nothing after it was read" : "a quote inside quotes is written twice",
          is_open ? "close the quote" : "mend the quotes of the line");
    }
    row.line_ += scanner.lines();
  }
  if (troubles > most_said)
    error(whole_of(source_), fmt::format("and {} more lines like these", troubles - most_said), "", "", diagnostics);
}

std::optional<double> parse_number(std::string_view field, char separator) {
  auto text = without_plus(trimmed(field));
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
  auto const text = without_plus(trimmed(field));
  std::int64_t number = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace utvei
