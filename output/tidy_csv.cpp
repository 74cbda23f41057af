// SPDX-License-Identifier: Apache-2.0
#include "life_events.hpp"

#include <utvei/core/text.hpp>
#include <utvei/core/time.hpp>
#include <utvei/output/tidy_csv.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <ostream>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Collects lines and hands them on in large pieces; the last one with flush(), which throws what the stream throws.
class Lines {
 public:
  explicit Lines(std::ostream& out) : out_{out} {}
  fmt::memory_buffer& buffer() { return buffer_; }
  void end_line() {
    buffer_.push_back('\n');
    if (buffer_.size() > (1U << 16U)) flush();
  }
  void flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }

 private:
  std::ostream& out_;
  fmt::memory_buffer buffer_;
};

/// The axis of a table that a column shows, with its texts made ready, and how many cells one text lasts.
struct TextColumn {
  std::vector<std::string> texts{""};
  std::size_t repeat{1};
};

/// What columns of the file there are, over all its tables.
struct HeaderName {
  std::string dimension;
  bool is_label{false};
};

void add_names(std::vector<ReleasedDimension> const& dimensions, CsvDialect const& dialect,
               std::vector<HeaderName>& names) {
  for (ReleasedDimension const& dimension : dimensions) {
    if (std::ranges::find(names, dimension.name, &HeaderName::dimension) != names.end()) continue;
    names.push_back({dimension.name, false});
    if (dialect.labels && dimension.has_labels()) names.push_back({dimension.name, true});
  }
}

void write_header(std::vector<HeaderName> const& names, CsvDialect const& dialect, Lines& lines) {
  auto const out = std::back_inserter(lines.buffer());
  fmt::format_to(out, "{}table", dialect.start());
  for (auto const& [name, is_label] : names)
    fmt::format_to(out, "{}{}", dialect.separator, dialect.field(is_label ? name + "_label" : name));
  fmt::format_to(out, "{}value", dialect.separator);
  lines.end_line();
}

std::vector<TextColumn> columns_of(ReleasedTable const& table, std::vector<HeaderName> const& names,
                                   CsvDialect const& dialect) {
  std::vector<TextColumn> columns;
  for (auto const& [name, is_label] : names) {
    TextColumn column;
    auto const axis = std::ranges::find(table.dimensions, name, &ReleasedDimension::name);
    if (axis != table.dimensions.end()) {
      column.texts.clear();
      std::ranges::transform(is_label ? axis->labels : axis->codes, std::back_inserter(column.texts),
                             [&](std::string const& text) { return dialect.field(text); });
      for (auto inner = std::next(axis); inner != table.dimensions.end(); ++inner) column.repeat *= inner->codes.size();
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

void write_cells(ReleasedTable const& table, std::vector<HeaderName> const& names, CsvDialect const& dialect,
                 Lines& lines) {
  auto const columns = columns_of(table, names, dialect);
  auto const name = dialect.field(table.name);
  for (std::size_t i = 0; i < table.status.size(); ++i) {
    if (table.status[i] == CellStatus::not_counted) continue;
    auto out = std::back_inserter(lines.buffer());
    fmt::format_to(out, "{}", name);
    for (auto const& column : columns)
      fmt::format_to(out, "{}{}", dialect.separator, column.texts[i / column.repeat % column.texts.size()]);
    fmt::format_to(out, "{}{}", dialect.separator, dialect.number(digits_of(table, i)));
    lines.end_line();
  }
}

}  // namespace

std::string CsvDialect::field(std::string_view text) const {
  return csv_field(text, std::string_view{&separator, 1});
}

std::string CsvDialect::number(std::string digits) const {
  if (decimal != '.') std::ranges::replace(digits, '.', decimal);
  return digits;
}

std::size_t write_tidy_csv(Release const& release, std::vector<std::string> const& names, std::ostream& out,
                           CsvDialect const& dialect) {
  auto const tables = release.tables(names);
  std::vector<HeaderName> header;
  for (Table const* const table : tables) {
    std::vector<ReleasedDimension> dimensions;
    for (Dimension const& dimension : table->dimensions) dimensions.push_back(release.dimension(dimension));
    add_names(dimensions, dialect, header);
  }
  Lines lines{out};
  write_header(header, dialect, lines);
  std::size_t held_back = 0;
  for (Table const* const table : tables) {
    ReleasedTable const released = release.table(*table);
    held_back += released.held_back;
    write_cells(released, header, dialect, lines);
  }
  lines.flush();
  return held_back;
}

void write_csv_table(ReleasedTable const& table, std::ostream& out, CsvDialect const& dialect) {
  std::vector<HeaderName> header;
  add_names(table.dimensions, dialect, header);
  Lines lines{out};
  write_header(header, dialect, lines);
  write_cells(table, header, dialect, lines);
  lines.flush();
}

void write_life_courses_csv(RunResult const& result, std::ostream& out, CsvDialect const& dialect) {
  Lines lines{out};
  constexpr std::array<std::string_view, 5> header{"person", "time", "from", "to", "cause"};
  fmt::format_to(std::back_inserter(lines.buffer()), "{}{}", dialect.start(),
                 fmt::join(header, std::string_view{&dialect.separator, 1}));
  lines.end_line();
  for_each_life_event(result, [&](LifeEvent const& event) {
    fmt::format_to(std::back_inserter(lines.buffer()), "{1}{0}{2}{0}{3}{0}{4}{0}{5}", dialect.separator, event.person,
                   format(Instant{event.time}), dialect.field(event.from), dialect.field(event.to),
                   dialect.field(event.cause));
    lines.end_line();
  });
  lines.flush();
}

}  // namespace utvei
