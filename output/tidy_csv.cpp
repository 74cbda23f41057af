// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/text.hpp>
#include <utvei/core/time.hpp>
#include <utvei/disclosure/rules.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/output/tidy_csv.hpp>
#include <utvei/results/counted_days.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <ostream>
#include <sstream>

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
      std::ranges::transform(table.dimensions[*axis].labels, std::back_inserter(column.labels),
                             [](std::string const& label) { return csv_field(label); });
      for (std::size_t i = *axis + 1; i < table.dimensions.size(); ++i)
        column.repeat *= table.dimensions[i].labels.size();
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<std::string> names_of(std::vector<Dimension> const& dimensions) {
  std::vector<std::string> names;
  std::ranges::transform(dimensions, std::back_inserter(names), &Dimension::name);
  return names;
}

/// Returns the number of values that were left empty: those that the gate, if there is one, keeps inside.
std::size_t write_cells(RunResult const& result, ResultGate const* gate, Table const& table,
                        std::vector<std::string> const& names, Lines& lines) {
  std::size_t suppressed = 0;
  CountedDays const days{result, table, names_of(table.dimensions)};
  auto const hidden = gate != nullptr ? gate->hidden_in(table) : std::vector<bool>(table.size());
  auto const columns = columns_of(table, names);
  auto const name = csv_field(table.name);
  std::visit(
      [&](auto const& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
          if (!days.contains(i)) continue;
          auto out = std::back_inserter(lines.buffer());
          fmt::format_to(out, "{}", name);
          for (auto const& column : columns)
            fmt::format_to(out, ",{}", column.labels[i / column.repeat % column.labels.size()]);
          if (!hidden[i] && gate != nullptr) {
            fmt::format_to(out, ",{}", rounded(static_cast<double>(cells[i]), gate->rules()));
          } else if (!hidden[i]) {
            fmt::format_to(out, ",{}", cells[i]);
          } else {
            fmt::format_to(out, ",");
            ++suppressed;
          }
          lines.end_line();
        }
      },
      table.values);
  return suppressed;
}

/// None where all may be seen.
std::optional<ResultGate> gate_of(RunResult const& result, Audience audience) {
  if (audience == Audience::inside || result.provenance.data_class != "register") return std::nullopt;
  return ResultGate{{&result}};
}

std::size_t write_tables(RunResult const& result, ResultGate const* gate, std::vector<Table const*> const& tables,
                         std::ostream& out) {
  auto const names = dimension_names(tables);
  Lines lines{out};
  fmt::format_to(std::back_inserter(lines.buffer()), "table");
  for (auto const& name : names) fmt::format_to(std::back_inserter(lines.buffer()), ",{}", csv_field(name));
  fmt::format_to(std::back_inserter(lines.buffer()), ",value");
  lines.end_line();
  std::size_t suppressed = 0;
  for (Table const* const table : tables) suppressed += write_cells(result, gate, *table, names, lines);
  lines.flush();
  return suppressed;
}

/// What a person's region and traits are at first, in the order of LifeCourseChanges::what_names.
void start_values(LifeCoursePeople const& people, std::size_t row, std::vector<std::uint32_t>& values) {
  std::size_t at = 0;
  if (!people.region.empty() && !values.empty()) values[at++] = people.region[row];
  for (auto const& trait : people.traits) {
    if (at < values.size()) values[at++] = trait.level[row];
  }
}

/// Whether a change is of the person of an event, and not after it.
bool is_before_event(LifeCourseTable const& lives, std::size_t change, std::size_t event) {
  auto const& changes = lives.changes;
  return change < changes.person.size() && changes.person[change] == lives.person[event] &&
         changes.time[change] <= lives.time[event];
}

/// A line whose `from` and `to` are codes or levels, and whose cause says what they are of.
void write_change(LifeCourseTable const& lives, std::size_t i, std::vector<std::uint32_t>& before, Lines& lines) {
  auto const& changes = lives.changes;
  std::string const& name = changes.what_names[changes.what[i]];
  auto const trait = std::ranges::find(lives.people.traits, name, &LifeCoursePeople::Trait::name);
  bool const is_region = changes.what[i] == 0 && !lives.people.region_codes.empty();
  auto const& labels = is_region ? lives.people.region_codes : trait->levels;
  std::uint32_t& value = before[changes.what[i]];
  fmt::format_to(std::back_inserter(lines.buffer()), "{},{},{},{},{}", changes.person[i],
                 format(Instant{changes.time[i]}), csv_field(labels[value]), csv_field(labels[changes.value[i]]),
                 csv_field(name));
  lines.end_line();
  value = changes.value[i];
}

}  // namespace

std::size_t write_tidy_csv(RunResult const& result, std::vector<std::string> const& names, std::ostream& out,
                           Audience audience) {
  std::vector<Table const*> tables;
  auto const asked_for = [&](Table const& table) {
    return names.empty() || std::ranges::any_of(names, [&](std::string const& name) {
             return result.table(name) != nullptr ? table.name == name : table.quantity == name;
           });
  };
  for (Table const& table : result.tables)
    if (asked_for(table)) tables.push_back(&table);
  auto const gate = gate_of(result, audience);
  return write_tables(result, gate ? &*gate : nullptr, tables, out);
}

void write_life_courses_csv(RunResult const& result, std::ostream& out) {
  if (!result.life_courses)
    throw InputError(Fault::data, {}, "the result holds no life courses", {},
                     "run the scenario with `life_courses: all` or `life_courses: {sample: 1000}`");
  LifeCourseTable const& lives = *result.life_courses;
  Lines lines{out};
  fmt::format_to(std::back_inserter(lines.buffer()), "person,time,from,to,cause");
  lines.end_line();
  std::size_t change = 0;
  std::vector<std::uint32_t> before(lives.changes.what_names.size());
  for (std::size_t i = 0, row = 0; i < lives.person.size(); ++i) {
    if (i == 0 || lives.person[i] != lives.person[i - 1]) start_values(lives.people, row++, before);
    for (; is_before_event(lives, change, i); ++change) write_change(lives, change, before, lines);
    fmt::format_to(std::back_inserter(lines.buffer()), "{},{},{},{},{}", lives.person[i],
                   format(Instant{lives.time[i]}), csv_field(lives.states[lives.from[i]]),
                   csv_field(lives.states[lives.to[i]]), csv_field(lives.causes[lives.cause[i]]));
    lines.end_line();
  }
  lines.flush();
}

ExportedFiles export_csv(RunResult const& result, std::string const& folder, Audience audience) {
  std::string const& data_class = result.provenance.data_class;
  auto const path_of = [&](std::string const& name) {
    return (std::filesystem::path{folder} / (name + ".csv")).string();
  };
  if (result.life_courses) require_disclosure_cleared(data_class, audience, path_of("life_courses"));
  auto const gate = gate_of(result, audience);
  ExportedFiles files;
  auto const write_whole = [&](std::string const& name, std::ostringstream const& text) {
    files.paths.push_back(path_of(name));
    write_file_atomically(files.paths.back(), text.str(), file_mode(data_class));
  };
  for (Table const& table : result.tables) {
    std::ostringstream text;
    files.suppressed += write_tables(result, gate ? &*gate : nullptr, {&table}, text);
    write_whole(table.name, text);
  }
  if (result.life_courses) {
    std::ostringstream text;
    write_life_courses_csv(result, text);
    write_whole("life_courses", text);
  }
  return files;
}

}  // namespace utvei
