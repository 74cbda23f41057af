// SPDX-License-Identifier: Apache-2.0
#include "export_crate.hpp"

#include "exit_code.hpp"
#include "text_output.hpp"

#include <utvei/output/packages.hpp>
#include <utvei/register/disclosure.hpp>

#include <filesystem>
#include <memory>

#include <fmt/format.h>

namespace utvei {

int export_crate(ExportArguments const& arguments, Session& session) {
  if (!std::filesystem::is_directory(arguments.file)) {
    bool const is_there = std::filesystem::exists(arguments.file);
    throw InputError{is_there ? Fault::usage : Fault::data,
                     Place{std::make_shared<SourceText const>(SourceText{arguments.file, ""})},
                     is_there ? "is a file, not a folder" : "there is no such folder",
                     "a crate tells of all files of a folder", "name the folder that `utvei run --out` has written to"};
  }
  if (!arguments.output.empty()) {
    throw InputError{Fault::usage, Place{}, "--as ro-crate has no use for -o",
                     fmt::format("a crate is its folder: {} lies in it", research_crate_name), "leave -o out"};
  }
  ResearchCrate const crate = research_crate_of(arguments.file, {arguments.licence});
  auto const path = (std::filesystem::path{arguments.file} / research_crate_name).string();
  write_text(path, crate.json, session, file_mode(crate.holds_register ? "register" : "open"));
  session.tell(path + "\n");
  return exit_ok;
}

}  // namespace utvei
