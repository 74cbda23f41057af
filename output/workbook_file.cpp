// SPDX-License-Identifier: Apache-2.0
#include "three_languages.hpp"
#include "workbook_sheet.hpp"
#include "write_failure.hpp"

#include <utvei/output/atomic_file.hpp>
#include <utvei/output/table_formats.hpp>

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr auto front_words = std::to_array<WordInThree>({
    {"front", "Om tallene", "Om tala", "About"},
    {"sheet", "Ark", "Ark", "Sheet"},
    {"title", "Innhold", "Innhald", "Contents"},
    {"unit", "Enhet", "Eining", "Unit"},
    {"lines", "Linjer", "Liner", "Lines"},
    {"held_back", "Holdt tilbake", "Haldne tilbake", "Held back"},
    {"code", "kode", "kode", "code"},
    {"no_lives", "Livsløpene i resultatet er ikke med her: utvei export --life-courses",
     "Livsløpa i resultatet er ikkje med her: utvei export --life-courses",
     "The life courses of the result are not in here: utvei export --life-courses"},
});

std::string front_word(std::string_view name, std::string const& language) {
  return std::string{word_in(front_words, name, language)};
}

/// Bytes that go on with a letter of UTF-8 are none of their own.
bool begins_letter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::size_t letters(std::string const& text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_letter));
}

/// A cell of Excel has room for 32,767 letters: a longer text (a scenario with long lists) goes on in the row below.
std::vector<std::string> cells_of(std::string const& text) {
  constexpr std::size_t room = 32'000;  // bytes, of which there are no fewer than letters
  std::vector<std::string> cells;
  std::size_t from = 0;
  while (text.size() - from > room) {
    std::size_t to = from + room;
    while (!begins_letter(text[to])) --to;
    cells.push_back(text.substr(from, to - from));
    from = to;
  }
  cells.push_back(text.substr(from));
  return cells;
}

std::size_t width_of(std::vector<std::string> const& texts, std::string const& heading) {
  constexpr std::size_t widest = 60;
  std::size_t width = letters(heading);
  for (std::string const& text : texts) width = std::max(width, letters(text));
  return std::min(width, widest) + 3;  // beside the button that chooses rows
}

/// A column of a sheet: codes or labels of a dimension.
struct SheetColumn {
  std::size_t dimension;
  bool is_label;
  std::string heading;
};

std::vector<SheetColumn> columns_of_sheet(ReleasedTable const& table, std::string const& language) {
  std::vector<SheetColumn> columns;
  for (std::size_t i = 0; i < table.dimensions.size(); ++i) {
    auto const& dimension = table.dimensions[i];
    bool const is_run = dimension.name == "draw" || dimension.name == "replicate";
    bool const is_only = i + 1 == table.dimensions.size() && columns.empty();
    if (is_run && dimension.codes.size() == 1 && !is_only) continue;  // one run needs no number
    bool const is_both = dimension.has_labels();
    if (is_both) columns.push_back({i, true, dimension.heading});
    columns.push_back(
        {i, false, is_both ? dimension.heading + ", " + front_word("code", language) : dimension.heading});
  }
  return columns;
}

void write_line(ReleasedTable const& table, std::vector<SheetColumn> const& columns, std::size_t cell, std::size_t row,
                Workbook::Sheet& sheet) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    auto const& dimension = table.dimensions[columns[c].dimension];
    auto const at = table.position(cell, columns[c].dimension);
    if (!columns[c].is_label && dimension.is_numeric()) {
      sheet.number(row, c, std::stod(dimension.codes[at]));
    } else {
      sheet.text(row, c, columns[c].is_label ? dimension.labels[at] : dimension.codes[at]);
    }
  }
  if (table.status[cell] == CellStatus::known) sheet.number(row, columns.size(), table.values[cell]);
}

void write_table_sheet(ReleasedTable const& table, std::string const& name, std::string const& language,
                       Workbook& book) {
  auto const columns = columns_of_sheet(table, language);
  std::vector<std::size_t> widths;
  for (SheetColumn const& column : columns) {
    auto const& dimension = table.dimensions[column.dimension];
    widths.push_back(width_of(column.is_label ? dimension.labels : dimension.codes, column.heading));
  }
  // A year is a dimension, and a unit.
  std::string const value = table.units == "1" ? table.subject : fmt::format("{} ({})", table.subject, table.unit);
  widths.push_back(width_of({}, value));
  auto sheet = book.add_sheet(name, widths);
  for (std::size_t c = 0; c < columns.size(); ++c) sheet.heading(0, c, columns[c].heading);
  sheet.heading(0, columns.size(), value);
  sheet.head_of_table(table.lines(), columns.size() + 1);
  std::size_t row = 1;
  for (std::size_t i = 0; i < table.status.size(); ++i)
    if (table.status[i] != CellStatus::not_counted) write_line(table, columns, i, row++, sheet);
}

/// What the front sheet says of a table.
struct TableEntry {
  std::string sheet, name, title, unit;
  std::size_t lines, held_back;
};

void write_front_sheet(Release const& release, std::vector<TableEntry> const& entries, std::size_t held_back,
                       Workbook& book) {
  std::string const& language = release.language();
  auto sheet = book.add_sheet(front_word("front", language), {34, 90, 12, 12, 14});
  std::size_t row = 0;
  for (AboutLine const& line : about(release, held_back)) {
    sheet.heading(row, 0, line.name);
    for (std::string const& text : cells_of(line.text)) sheet.text(row++, 1, text);
  }
  if (release.result().life_courses) sheet.text(row++, 1, front_word("no_lives", language));
  ++row;
  std::size_t column = 0;
  for (auto const* name : {"sheet", "title", "unit", "lines", "held_back"})
    sheet.heading(row, column++, front_word(name, language));
  for (TableEntry const& entry : entries) {
    sheet.link(++row, 0, entry.sheet, entry.sheet);
    sheet.text(row, 1, entry.title + " (" + entry.name + ")");
    sheet.text(row, 2, entry.unit);
    sheet.number(row, 3, static_cast<double>(entry.lines));
    sheet.number(row, 4, static_cast<double>(entry.held_back));
  }
}

/// All that do not fit are named at once, before anything is written.
void check_rows(std::vector<Table const*> const& tables, std::string const& path) {
  Diagnostics diagnostics;
  for (Table const* const table : tables) {
    if (table->size() < most_rows_of_sheet) continue;
    diagnostics.add({Severity::error, Fault::data, whole_file(path),
                     fmt::format("the table `{}` has {} lines, and a sheet of Excel has room for {}", table->name,
                                 table->size(), most_rows_of_sheet - 1),
                     "draws, replicates and all dimensions are lines of their own",
                     "write it as csv, dta or json-stat2, other tables with --table, or ask for fewer breakdowns"});
  }
  throw_if_errors(diagnostics);
}

}  // namespace

std::size_t write_workbook(Release const& release, std::vector<Table const*> const& tables, std::string const& path,
                           unsigned mode) {
  check_rows(tables, path);
  std::vector<std::string> names;
  std::vector<TableEntry> entries;
  std::size_t held_back = 0;
  for (Table const* const table : tables) names.push_back(table->name);
  auto const sheets = sheet_names(names, front_word("front", release.language()));
  // The front sheet comes first and tells of all others, and a row that is done cannot be changed: tables are read
  // twice.
  for (std::size_t i = 0; i < tables.size(); ++i) {
    ReleasedTable const table = release.table(*tables[i]);
    held_back += table.held_back;
    entries.push_back({sheets[i], table.name, table.title, table.unit, table.lines(), table.held_back});
  }
  AtomicFile file{path, mode};
  auto const folder = std::filesystem::absolute(path).parent_path().string();
  Workbook book{file.temporary_path(), folder, release.result().provenance.scenario_name, "utvei"};
  write_front_sheet(release, entries, held_back, book);
  for (std::size_t i = 0; i < tables.size(); ++i)
    write_table_sheet(release.table(*tables[i]), sheets[i], release.language(), book);
  book.close();
  file.commit();
  return held_back;
}

}  // namespace utvei
