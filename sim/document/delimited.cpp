// SPDX-License-Identifier: Apache-2.0
#include "places.hpp"
#include "row_scanner.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {

void DelimitedFile::error(Place place, std::string problem, std::string why, std::string suggestion,
                          Diagnostics& diagnostics) const {
  diagnostics.add(
      {Severity::error, fault_, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
}

std::string PlainForm::text() const {
  return fmt::format("{}", fmt::join(columns, std::string{separator}));
}

std::optional<DelimitedFile> DelimitedFile::open_text(std::string const& path, Request const& request,
                                                      Diagnostics& diagnostics) {
  auto source = read_text_file(path, request, diagnostics);
  if (!source) return std::nullopt;
  DelimitedFile file;
  file.fault_ = request.from.source ? Fault::file : Fault::data;
  if (auto found = find_binary(source->text); !found.problem.empty()) {
    file.error(whole_of(source), found.problem, "a delimited text file was expected", found.suggestion, diagnostics);
    return std::nullopt;
  }
  file.source_ = as_utf8(std::move(source));
  file.has_quotes_ = file.source_->text.find('"') != std::string::npos;
  return file;
}

std::optional<DelimitedFile> DelimitedFile::open(std::string const& path, Request const& request,
                                                 Diagnostics& diagnostics) {
  auto file = open_text(path, request, diagnostics);
  if (!file || !file->read_header(diagnostics) || !file->check_columns(diagnostics)) return std::nullopt;
  file->keep_unescaped();
  return file;
}

std::optional<DelimitedFile> DelimitedFile::open(std::string const& path, PlainForm const& form, Request const& request,
                                                 Diagnostics& diagnostics) {
  auto file = open_text(path, request, diagnostics);
  if (!file) return std::nullopt;
  file->has_header_ = false;
  if (!file->find_first_line(fmt::format("each line is `{}`", form.text()), diagnostics)) return std::nullopt;
  file->columns_ = form.columns;
  file->separator_ = form.separator;
  file->trailing_separator_ = true;
  file->body_ = file->header_;
  file->keep_unescaped();
  return file;
}

std::vector<std::string> DelimitedFile::first_fields() const {
  RowScanner scanner{source_->text, separator_, has_quotes_};
  auto at = header_;
  scanner.next(at);
  return {scanner.fields().begin(), scanner.fields().end()};
}

/// Sets where it begins.
bool DelimitedFile::find_first_line(std::string const& advice, Diagnostics& diagnostics) {
  std::string_view const text = source_->text;
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    error(whole_of(source_), "the file is empty", has_header_ ? "it needs a header with the names of the columns" : "",
          advice, diagnostics);
    return false;
  }
  header_ = text.rfind('\n', first) + 1;  // npos + 1 is the start of the text
  header_line_ =
      1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(header_), '\n'));
  return true;
}

bool DelimitedFile::read_header(Diagnostics& diagnostics) {
  if (!find_first_line("write the names of the columns in the first line", diagnostics)) return false;
  std::string_view const text = source_->text;
  separator_ = find_separator(text.substr(header_, text.find('\n', header_) - header_));
  RowScanner scanner{text, separator_, has_quotes_};
  body_ = header_;
  if (scanner.next(body_) != RowScanner::Outcome::row) {
    error(PlaceFinder{source_}.at(scanner.trouble()), "the header cannot be read", "a quote is not closed as it should",
          "mend the quotes of the header", diagnostics);
    return false;
  }
  for (std::size_t i = 0; i < scanner.fields().size(); ++i) {
    auto const& marked = scanner.escaped();
    auto const is_escaped = std::find(marked.begin(), marked.end(), i) != marked.end();
    auto const field = trimmed(scanner.fields()[i]);
    columns_.push_back(is_escaped ? unescape(field) : std::string{field});
  }
  trailing_separator_ = columns_.size() > 1 && columns_.back().empty();
  if (trailing_separator_) columns_.pop_back();
  return true;
}

Place DelimitedFile::header_place(std::size_t column) const {
  Row header;
  header.file_ = this;
  header.offset_ = header_;
  header.line_ = header_line_;
  return header.place(column);
}

bool DelimitedFile::check_columns(Diagnostics& diagnostics) const {
  auto is_good = true;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto const first = std::find(columns_.begin(), columns_.end(), columns_[i]);
    if (columns_[i].empty() || first == columns_.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    error(header_place(i), fmt::format("the column `{}` stands here twice", columns_[i]),
          fmt::format("columns {} and {} have one name", first - columns_.begin() + 1, i + 1), "rename one of them",
          diagnostics);
    is_good = false;
  }
  return is_good;
}

void DelimitedFile::keep_unescaped() {
  if (!has_quotes_ || source_->text.find("\"\"", body_) == std::string::npos) return;
  std::unordered_map<std::size_t, std::string> unescaped;
  RowScanner scanner{source_->text, separator_, has_quotes_};
  for (auto at = body_; scanner.next(at) != RowScanner::Outcome::end;)
    for (auto const position : scanner.escaped()) {
      auto const field = scanner.fields()[position];
      unescaped.emplace(static_cast<std::size_t>(field.data() - source_->text.data()), unescape(field));
    }
  unescaped_ = std::make_shared<std::unordered_map<std::size_t, std::string> const>(std::move(unescaped));
}

std::optional<std::size_t> DelimitedFile::column(std::string_view name) const {
  auto const found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end() || name.empty()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

std::optional<std::size_t> DelimitedFile::require_column(std::string_view name, Place const& from,
                                                         Diagnostics& diagnostics) const {
  auto const found = column(name);
  if (found) return found;
  auto const problem = from.source ? fmt::format("`{}` has no column `{}`", path(), name)
                                   : fmt::format("the file has no column `{}`", name);
  error(from.source ? from : header_place(), problem, "", did_you_mean(name, columns_), diagnostics);
  return std::nullopt;
}

}  // namespace utvei
