// SPDX-License-Identifier: Apache-2.0
#include "export.hpp"

#include "console_stream.hpp"
#include "exit_code.hpp"
#include "text_output.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/output/tidy_csv.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>

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

}  // namespace

int export_command(ExportArguments const& arguments, Session& session) {
  RunResult const result = load_result(arguments.file);
  if (!std::filesystem::is_directory(arguments.output)) check_outputs({arguments.output}, {arguments.file});
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
