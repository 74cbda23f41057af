// SPDX-License-Identifier: Apache-2.0
#include "write_failure.hpp"

#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string advice(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return "make the folder first";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a folder that you may write to";
    case ENOSPC:
    case EDQUOT:
      return "make room on the disk, or keep fewer breakdowns or life courses; nothing was left behind";
    case EISDIR:
      return "name a file, not a folder";
    default:
      return {};
  }
}

}  // namespace

Place whole_file(std::string const& path) {
  return {std::make_shared<SourceText const>(SourceText{path, {}})};
}

InputError file_failure(std::string const& path, std::string problem, std::string why, std::string suggestion) {
  return {Fault::data, whole_file(path), std::move(problem), std::move(why), std::move(suggestion)};
}

InputError write_failure(std::string const& path, int error_number) {
  return file_failure(path, fmt::format("cannot be written: {}", std::generic_category().message(error_number)), {},
                      advice(error_number));
}

void report_where_named(InputError const& error, std::string const& what, Request const& request,
                        Diagnostics& diagnostics) {
  for (Diagnostic found : error.diagnostics().all()) {
    if (request.from.source) {
      found.fault = Fault::file;
      found.place = request.from;
      found.problem = fmt::format("{} {}", what, found.problem);
    }
    diagnostics.add(std::move(found));
  }
}

}  // namespace utvei
