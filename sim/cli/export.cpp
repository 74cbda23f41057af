// SPDX-License-Identifier: Apache-2.0
#include "export.hpp"

#include "console_stream.hpp"
#include "exit_code.hpp"
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

void write_file(std::string const& path, Writer const& write, Session& session) {
  FinishStep const writing{session.signals};
  AtomicFile file{path};
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

void write_one(std::string const& path, Writer const& write, Session& session) {
  if (!path.empty()) return write_file(path, write, session);
  ConsoleStream out{session.console};
  write(out);
  out.flush();
}

void write_folder(RunResult const& result, std::string const& folder, Session& session) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw InputError{Fault::data, Place{std::make_shared<SourceText const>(SourceText{folder, ""})},
                     "cannot make the folder", error.message(), "name another folder with -o"};
  }
  FinishStep const writing{session.signals};
  for (std::string const& path : export_csv(result, folder)) session.tell(path + "\n");
}

int export_rates(ExportArguments const& arguments, Session& session) {
  if (arguments.life_courses || !arguments.table.empty()) {
    throw InputError{Fault::usage, Place{}, fmt::format("`{}` is a rate file", arguments.file),
                     "it has one table, and no life courses", "leave --table and --life-courses out"};
  }
  check_outputs({arguments.output}, {arguments.file});
  RateFileContent const content = rate_file_content(arguments.file);
  require_disclosure_cleared(content.data_class, arguments.inside ? Audience::inside : Audience::outside,
                             arguments.output.empty() ? "standard output" : arguments.output);
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
  if (arguments.inside || !arguments.limit.empty()) {
    throw InputError{Fault::usage,
                     Place{},
                     fmt::format("{} is for rate files", arguments.inside ? "--inside" : "--limit"),
                     {},
                     "leave it out"};
  }
  RunResult const result = load_result(arguments.file);
  if (!std::filesystem::is_directory(arguments.output)) check_outputs({arguments.output}, {arguments.file});
  if (arguments.life_courses || !arguments.table.empty()) expect_name_of_table(arguments.output);
  if (arguments.life_courses) {
    write_one(
        arguments.output, [&](std::ostream& out) { write_life_courses_csv(result, out); }, session);
  } else if (!arguments.table.empty()) {
    check_table(result, arguments.table);
    write_one(
        arguments.output, [&](std::ostream& out) { write_tidy_csv(result, {arguments.table}, out); }, session);
  } else if (arguments.output.empty() || arguments.output.ends_with(".csv")) {
    write_one(
        arguments.output, [&](std::ostream& out) { write_tidy_csv(result, {}, out); }, session);
  } else {
    write_folder(result, arguments.output, session);
  }
  return exit_ok;
}

}  // namespace utvei
