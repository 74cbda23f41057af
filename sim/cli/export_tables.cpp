// SPDX-License-Identifier: Apache-2.0
#include "export_tables.hpp"

#include "console_stream.hpp"
#include "exit_code.hpp"
#include "text_output.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/output/export_folder.hpp>
#include <utvei/output/table_formats.hpp>
#include <utvei/output/tidy_csv.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using Writer = std::function<void(std::ostream&)>;

InputError usage_error(std::string problem, std::string why, std::string help) {
  return InputError{Fault::usage, Place{}, std::move(problem), std::move(why), std::move(help)};
}

Place file_place(std::string const& path) {
  return Place{std::make_shared<SourceText const>(SourceText{path, ""})};
}

/// What was asked for, once it is known to go together.
struct TableOutput {
  ExportArguments const& arguments;
  Release release;
  Audience audience{Audience::outside};
  CsvDialect dialect;
  Session& session;

  [[nodiscard]] bool is_csv() const { return arguments.as.empty() || arguments.as == "csv"; }
  [[nodiscard]] FileFormatOfTable format() const {
    if (arguments.as == "dta") return FileFormatOfTable::stata;
    return is_csv() ? FileFormatOfTable::csv : FileFormatOfTable::json_stat;
  }
  [[nodiscard]] std::string extension() const { return arguments.as == "xlsx" ? ".xlsx" : extension_of(format()); }
  [[nodiscard]] unsigned mode() const { return file_mode(release.result().provenance.data_class); }
  [[nodiscard]] std::string name() const { return arguments.output.empty() ? "standard output" : arguments.output; }
  [[nodiscard]] std::vector<std::string> table_names() const {
    return arguments.table.empty() ? std::vector<std::string>{} : std::vector{arguments.table};
  }
};

CsvDialect dialect_of(ExportArguments const& arguments) {
  CsvDialect dialect = arguments.dialect == "norwegian" ? norwegian_csv : CsvDialect{};
  dialect.labels = arguments.labels;
  return dialect;
}

void check_table(RunResult const& result, std::string const& name) {
  if (name.empty()) return;
  std::vector<std::string> known;
  for (Table const& table : result.tables) known.push_back(table.name);
  if (std::ranges::find(known, name) != known.end()) return;
  throw usage_error(fmt::format("the result has no table `{}`", name), "", did_you_mean(name, known));
}

/// One table is one file, whose name says what it is: another file may be in its place by mistake.
void check_name(TableOutput const& output) {
  std::string const& path = output.arguments.output;
  bool const is_text = output.is_csv() || output.arguments.as == "json-stat2";
  if (path.empty() && !is_text) {
    throw usage_error(fmt::format("--as {} needs a file to write to", output.arguments.as),
                      "it is not text, so it cannot be printed",
                      fmt::format("name it with -o NAME{}", output.extension()));
  }
  if (path.empty() || path.ends_with(output.extension())) return;
  throw usage_error(fmt::format("`{}` is no name of a table", path), "--table and --life-courses write one file",
                    fmt::format("name it NAME{}, or leave -o out", output.extension()));
}

/// A name of a file that no format here is of would become a folder.
void check_is_folder_name(std::string const& path) {
  static constexpr std::array<std::string_view, 14> files{".pdf", ".html", ".htm", ".txt", ".tsv", ".ods",  ".xls",
                                                          ".sav", ".rds",  ".nc",  ".h5",  ".doc", ".docx", ".parquet"};
  auto const extension = std::filesystem::path{path}.extension().string();
  if (std::ranges::find(files, extension) == files.end() || std::filesystem::exists(path)) return;
  throw usage_error(fmt::format("no export is a {} file", extension), "",
                    "name it NAME.csv, NAME.xlsx, NAME.dta or NAME.json with the --as of it, or name a folder");
}

/// The name of a file of another format is a mistake.
void check_extension(TableOutput const& output) {
  check_is_folder_name(output.arguments.output);
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> others{
      {{".xlsx", "xlsx"}, {".dta", "dta"}, {".json", "json-stat2"}}};
  for (auto const& [extension, format] : others) {
    if (!output.arguments.output.ends_with(extension) || extension == output.extension()) continue;
    throw usage_error(
        fmt::format("`{}` is written as {}", output.arguments.output, output.is_csv() ? "csv" : output.arguments.as),
        "its name says another format", fmt::format("add --as {}, or name it otherwise", format));
  }
}

void write_file(std::string const& path, Writer const& write, unsigned mode, Session& session) {
  FinishStep const writing{session.signals};
  AtomicFile file{path, mode};
  std::ofstream out{file.temporary_path(), std::ios::binary};
  write(out);
  out.close();
  if (!out) {
    throw InputError{Fault::data, file_place(path), "cannot write the file", "the disk may be full",
                     "make room, or name another file with -o"};
  }
  file.commit();
}

void write_one(TableOutput const& output, Writer const& write) {
  if (!output.arguments.output.empty())
    return write_file(output.arguments.output, write, output.mode(), output.session);
  ConsoleStream out{output.session.console};
  write(out);
  out.flush();
}

/// What is missing from tables that leave the place of the register.
void tell_held_back(TableOutput const& output, std::size_t held_back) {
  if (held_back == 0) return;
  Diagnostics diagnostics;
  diagnostics.warning(file_place(output.arguments.file),
                      fmt::format("{} values are left empty: of few people, or they would give such away", held_back),
                      "the result is made from a register, and they must not leave the place of it",
                      "add --inside to have them in files that only you can read");
  output.session.console.show(diagnostics);
}

void write_life_courses(TableOutput const& output) {
  check_name(output);
  require_disclosure_cleared(output.release.result().provenance.data_class, output.audience, output.name());
  write_one(output, [&](std::ostream& out) {
    if (output.is_csv()) return write_life_courses_csv(output.release.result(), out, output.dialect);
    std::string const bytes = stata_life_courses(output.release);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  });
}

std::size_t write_folder(TableOutput const& output) {
  RunResult const& result = output.release.result();
  std::string const& folder = output.arguments.output;
  // Said before the folder is made.
  bool const has_lives = result.life_courses.has_value() && output.format() != FileFormatOfTable::json_stat;
  if (has_lives) require_disclosure_cleared(result.provenance.data_class, output.audience, folder);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw InputError{Fault::data, file_place(folder), "cannot make the folder", error.message(),
                     "name another folder with -o"};
  }
  FinishStep const writing{output.session.signals};
  ExportedFiles const files = export_folder(output.release, folder, output.format(), output.dialect, output.audience);
  for (std::string const& path : files.paths) output.session.tell(path + "\n");
  return files.held_back;
}

std::size_t write_book(TableOutput const& output) {
  check_name(output);
  FinishStep const writing{output.session.signals};
  return write_workbook(output.release, output.release.tables(output.table_names()), output.arguments.output,
                        output.mode());
}

std::size_t write_single_table(TableOutput const& output) {
  check_name(output);
  RunResult const& result = output.release.result();
  ReleasedTable const table = output.release.table(*result.table(output.arguments.table));
  std::string const bytes = bytes_of(output.release, table, output.format(), output.dialect);
  write_one(output, [&](std::ostream& out) { out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())); });
  return table.held_back;
}

/// Formats of one table a file, where several are asked for without a folder.
InputError several_in_one_file(TableOutput const& output) {
  return usage_error(fmt::format("{} files hold one table each", output.arguments.as), "the result has several",
                     "say which with --table NAME, or name a folder with -o");
}

std::size_t write_asked(TableOutput const& output) {
  ExportArguments const& arguments = output.arguments;
  if (arguments.as == "xlsx") return write_book(output);
  if (!arguments.table.empty()) return write_single_table(output);
  bool const is_one_file = arguments.output.empty() || arguments.output.ends_with(output.extension());
  if (!is_one_file) return write_folder(output);
  if (!output.is_csv()) throw several_in_one_file(output);
  std::size_t held_back = 0;
  write_one(output, [&](std::ostream& out) { held_back = write_tidy_csv(output.release, {}, out, output.dialect); });
  return held_back;
}

}  // namespace

int export_tables(ExportArguments const& arguments, RunResult const& result, Session& session) {
  session.tell(note_of_evidence(result.provenance));
  Audience const audience = audience_of(arguments.inside);
  TableOutput const output{arguments, Release{result, audience, session.language}, audience, dialect_of(arguments),
                           session};
  check_extension(output);
  if (!std::filesystem::is_directory(arguments.output)) check_outputs({arguments.output}, {arguments.file});
  check_table(result, arguments.table);
  if (arguments.life_courses) {
    write_life_courses(output);
  } else {
    tell_held_back(output, write_asked(output));
  }
  return exit_ok;
}

}  // namespace utvei
