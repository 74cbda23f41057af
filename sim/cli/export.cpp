// SPDX-License-Identifier: Apache-2.0
#include "export.hpp"

#include "console_stream.hpp"
#include "exit_code.hpp"
#include "export_register.hpp"
#include "text_output.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/output/rate_file.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/output/tidy_csv.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>

#include <fmt/format.h>

namespace utvei {
namespace {

using Writer = std::function<void(std::ostream&)>;

void check_table(RunResult const& result, std::string const& name) {
  std::vector<std::string> known;
  for (Table const& table : result.tables) known.push_back(table.name);
  if (std::ranges::find(known, name) != known.end()) return;
  throw InputError{Fault::usage, Place{}, fmt::format("the result has no table `{}`", name), "",
                   did_you_mean(name, known)};
}

void write_file(std::string const& path, Writer const& write, unsigned mode, Session& session) {
  FinishStep const writing{session.signals};
  AtomicFile file{path, mode};
  std::ofstream out{file.temporary_path(), std::ios::binary};
  write(out);
  out.close();
  if (!out) {
    throw InputError{Fault::data, Place{std::make_shared<SourceText const>(SourceText{path, ""})},
                     "cannot write the file", "the disk may be full", "make room, or name another file with -o"};
  }
  file.commit();
}

/// One table is one file, whose name says that it is a table: another file may be in its place by mistake.
void expect_name_of_table(std::string const& path) {
  if (path.empty() || path.ends_with(".csv")) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` is no name of a table", path),
                   "--table and --life-courses write one file", "name it NAME.csv, or leave -o out"};
}

std::string name_of_output(ExportArguments const& arguments) {
  return arguments.output.empty() ? "standard output" : arguments.output;
}

void write_one(std::string const& path, Writer const& write, unsigned mode, Session& session) {
  if (!path.empty()) return write_file(path, write, mode, session);
  ConsoleStream out{session.console};
  write(out);
  out.flush();
}

/// What is missing from tables that leave the place of the register.
void tell_suppressed(std::size_t suppressed, std::string const& file, Session& session) {
  if (suppressed == 0) return;
  Diagnostics diagnostics;
  diagnostics.warning(Place{std::make_shared<SourceText const>(SourceText{file, ""})},
                      fmt::format("{} values are left empty: of few people, or they would give such away", suppressed),
                      "the result is made from a register, and they must not leave the place of it",
                      "add --inside to have them in files that only you can read");
  session.console.show(diagnostics);
}

std::size_t write_folder(RunResult const& result, std::string const& folder, Audience audience, Session& session) {
  // Said before the folder is made.
  if (result.life_courses) require_disclosure_cleared(result.provenance.data_class, audience, folder);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw InputError{Fault::data, Place{std::make_shared<SourceText const>(SourceText{folder, ""})},
                     "cannot make the folder", error.message(), "name another folder with -o"};
  }
  FinishStep const writing{session.signals};
  ExportedFiles const files = export_csv(result, folder, audience);
  for (std::string const& path : files.paths) session.tell(path + "\n");
  return files.suppressed;
}

int export_rates(ExportArguments const& arguments, Session& session) {
  if (arguments.life_courses || !arguments.table.empty() || !arguments.as.empty()) {
    throw InputError{Fault::usage, Place{}, fmt::format("`{}` is a rate file", arguments.file),
                     "it has one table, and no life courses", "leave --table, --life-courses and --as out"};
  }
  check_outputs({arguments.output}, {arguments.file});
  RateFileContent const content = rate_file_content(arguments.file);
  require_disclosure_cleared(content.data_class, audience_of(arguments.inside), name_of_output(arguments));
  std::ostringstream table;
  if (arguments.limit.empty()) {
    write_rates_csv(arguments.file, table);
  } else {
    write_limit_csv(arguments.file, arguments.limit, table);
  }
  write_text(arguments.output, table.str(), session, file_mode(content.data_class));
  if (content.has_models && arguments.limit.empty()) {
    Diagnostics diagnostics;
    diagnostics.warning(Place{std::make_shared<SourceText const>(SourceText{arguments.file, ""})},
                        "a table of rates does not hold what the errors of cells have in common",
                        "parameter draws from it take each cell by itself, so sums over cells vary too little",
                        "name the rate file in the model where a scenario has `draws`");
    session.console.show(diagnostics);
  }
  return exit_ok;
}

}  // namespace

int export_command(ExportArguments const& arguments, Session& session) {
  if (is_rate_file(arguments.file)) return export_rates(arguments, session);
  if (!arguments.limit.empty())
    throw InputError{Fault::usage, Place{}, "--limit is for rate files", {}, "leave it out"};
  RunResult const result = load_result(arguments.file);
  if (!arguments.as.empty()) return export_register(arguments, result, session);
  session.tell(note_of_evidence(result.provenance));
  std::string const& data_class = result.provenance.data_class;
  Audience const audience = audience_of(arguments.inside);
  if (!std::filesystem::is_directory(arguments.output)) check_outputs({arguments.output}, {arguments.file});
  if (arguments.life_courses || !arguments.table.empty()) expect_name_of_table(arguments.output);
  if (arguments.life_courses) {
    require_disclosure_cleared(data_class, audience, name_of_output(arguments));
    write_one(
        arguments.output, [&](std::ostream& out) { write_life_courses_csv(result, out); }, file_mode(data_class),
        session);
    return exit_ok;
  }
  std::size_t suppressed = 0;
  if (arguments.table.empty() && !arguments.output.empty() && !arguments.output.ends_with(".csv")) {
    suppressed = write_folder(result, arguments.output, audience, session);
  } else {
    std::vector<std::string> names;
    if (!arguments.table.empty()) {
      check_table(result, arguments.table);
      names = {arguments.table};
    }
    write_one(
        arguments.output, [&](std::ostream& out) { suppressed = write_tidy_csv(result, names, out, audience); },
        file_mode(data_class), session);
  }
  tell_suppressed(suppressed, arguments.file, session);
  return exit_ok;
}

}  // namespace utvei
