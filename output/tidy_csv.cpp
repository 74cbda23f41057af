// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/time.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/output/tidy_csv.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <sstream>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Collects lines and hands them on in large pieces.
class Lines {
 public:
  explicit Lines(std::ostream& out) : out_{out} {}
  ~Lines() { flush(); }
  Lines(Lines const&) = delete;
  Lines& operator=(Lines const&) = delete;
  Lines(Lines&&) = delete;
  Lines& operator=(Lines&&) = delete;
  fmt::memory_buffer& buffer() { return buffer_; }
  void end_line() {
    buffer_.push_back('\n');
    if (buffer_.size() > (1U << 16U)) flush();
  }

 private:
  void flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }
  std::ostream& out_;
  fmt::memory_buffer buffer_;
};

/// Quoted where RFC 4180 asks for it.
std::string field(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char const c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::vector<std::string> dimension_names(std::vector<Table const*> const& tables) {
  std::vector<std::string> names;
  for (Table const* const table : tables)
    for (Dimension const& dimension : table->dimensions)
      if (std::ranges::find(names, dimension.name) == names.end()) names.push_back(dimension.name);
  return names;
}

/// The axis of a table that a column shows, with its labels made ready, and how many cells one label lasts.
struct LabelColumn {
  std::vector<std::string> labels{""};
  std::size_t repeat{1};
};

std::vector<LabelColumn> columns_of(Table const& table, std::vector<std::string> const& names) {
  std::vector<LabelColumn> columns;
  for (auto const& name : names) {
    LabelColumn column;
    if (auto const axis = table.axis(name)) {
      column.labels.clear();
      std::ranges::transform(table.dimensions[*axis].labels, std::back_inserter(column.labels), field);
      for (std::size_t i = *axis + 1; i < table.dimensions.size(); ++i)
        column.repeat *= table.dimensions[i].labels.size();
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

void write_cells(Table const& table, std::vector<std::string> const& names, Lines& lines) {
  auto const columns = columns_of(table, names);
  auto const name = field(table.name);
  std::visit(
      [&](auto const& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
          auto out = std::back_inserter(lines.buffer());
          fmt::format_to(out, "{}", name);
          for (auto const& column : columns)
            fmt::format_to(out, ",{}", column.labels[i / column.repeat % column.labels.size()]);
          fmt::format_to(out, ",{}", cells[i]);
          lines.end_line();
        }
      },
      table.values);
}

void write_tables(std::vector<Table const*> const& tables, std::ostream& out) {
  auto const names = dimension_names(tables);
  Lines lines{out};
  fmt::format_to(std::back_inserter(lines.buffer()), "table");
  for (auto const& name : names) fmt::format_to(std::back_inserter(lines.buffer()), ",{}", field(name));
  fmt::format_to(std::back_inserter(lines.buffer()), ",value");
  lines.end_line();
  for (Table const* const table : tables) write_cells(*table, names, lines);
}

std::string write_whole(std::string const& folder, std::string const& name, std::string const& content) {
  auto path = (std::filesystem::path{folder} / (name + ".csv")).string();
  write_file_atomically(path, content);
  return path;
}

}  // namespace

void write_tidy_csv(RunResult const& result, std::vector<std::string> const& names, std::ostream& out) {
  std::vector<Table const*> tables;
  auto const asked_for = [&](Table const& table) {
    return names.empty() || std::ranges::any_of(names, [&](std::string const& name) {
             return result.table(name) != nullptr ? table.name == name : table.quantity == name;
           });
  };
  for (Table const& table : result.tables)
    if (asked_for(table)) tables.push_back(&table);
  write_tables(tables, out);
}

void write_life_courses_csv(RunResult const& result, std::ostream& out) {
  if (!result.life_courses)
    throw InputError(Fault::data, {}, "the result holds no life courses", {},
                     "run the scenario with `life_courses: all` or `life_courses: {sample: 1000}`");
  LifeCourseTable const& lives = *result.life_courses;
  Lines lines{out};
  fmt::format_to(std::back_inserter(lines.buffer()), "person,time,from,to,cause");
  lines.end_line();
  for (std::size_t i = 0; i < lives.person.size(); ++i) {
    fmt::format_to(std::back_inserter(lines.buffer()), "{},{},{},{},{}", lives.person[i],
                   format(Instant{lives.time[i]}), field(lives.states[lives.from[i]]), field(lives.states[lives.to[i]]),
                   field(lives.causes[lives.cause[i]]));
    lines.end_line();
  }
}

std::vector<std::string> export_csv(RunResult const& result, std::string const& folder) {
  std::vector<std::string> paths;
  for (Table const& table : result.tables) {
    std::ostringstream text;
    write_tables({&table}, text);
    paths.push_back(write_whole(folder, table.name, text.str()));
  }
  if (result.life_courses) {
    std::ostringstream text;
    write_life_courses_csv(result, text);
    paths.push_back(write_whole(folder, "life_courses", text.str()));
  }
  return paths;
}

}  // namespace utvei
