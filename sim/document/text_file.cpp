// SPDX-License-Identifier: Apache-2.0
#include "gunzip.hpp"
#include "places.hpp"

#include <utvei/core/read_source.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A file that cannot be read is the mistake of whoever named it.
void report(std::string const& path, Request const& request, Diagnostics& diagnostics, std::string problem,
            std::string why, std::string suggestion) {
  auto const named_in_file = request.from.source != nullptr;
  auto const source = std::make_shared<SourceText const>(SourceText{path, {}});
  diagnostics.add({Severity::error, named_in_file ? Fault::file : Fault::data,
                   named_in_file ? request.from : whole_of(source), std::move(problem), std::move(why),
                   std::move(suggestion)});
}

/// The nearest folder above a path that exists, for a message.
std::string missing_reason(std::filesystem::path const& path) {
  std::error_code ignored;
  auto const folder = path.parent_path();
  if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return {};
  return fmt::format("the folder `{}` does not exist either", folder.string());
}

/// The file beside it whose name is nearest, also without the ending that all of a kind share.
std::string advice_for_missing(std::filesystem::path const& path) {
  std::vector<std::string> names;
  auto const folder = path.parent_path();
  std::error_code ignored;
  for (auto const& entry : std::filesystem::directory_iterator{folder.empty() ? "." : folder, ignored})
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  auto const near = nearest(path.filename().string(), names);
  std::filesystem::path const found{near};
  bool const is_far =
      found.extension() == path.extension() && nearest(path.stem().string(), {found.stem().string()}).empty();
  return near.empty() || is_far ? "check the path and the spelling"
                                : fmt::format("did you mean `{}`?", (folder / near).string());
}

/// The same text from an offset on.
std::shared_ptr<SourceText const> without_first(std::size_t characters, SourceText source) {
  source.text.remove_prefix(characters);
  return std::make_shared<SourceText const>(std::move(source));
}

}  // namespace

std::shared_ptr<SourceText const> read_text_file(std::string const& path, Request const& request,
                                                 Diagnostics& diagnostics) {
  std::error_code error;
  auto const status = std::filesystem::status(path, error);
  if (path.empty()) {
    report(path, request, diagnostics, "the path of a file is empty", "", "write the path of a file");
  } else if (status.type() == std::filesystem::file_type::not_found) {
    report(path, request, diagnostics, fmt::format("there is no file `{}`", path), missing_reason(path),
           advice_for_missing(path));
  } else if (status.type() == std::filesystem::file_type::directory) {
    report(path, request, diagnostics, fmt::format("`{}` is a directory, not a file", path), "", "name a file in it");
  } else if (auto source = read_source(path, request.threads)) {
    if (is_gzip(source->text)) {
      auto text = gunzip(source->text);
      if (!text) {
        report(path, request, diagnostics, fmt::format("the gzip file `{}` cannot be unpacked", path),
               "it is cut short or damaged", "pack or copy it once more; `gzip -t` tells");
        return nullptr;
      }
      source = SourceText{path, std::move(*text)};
    }
    constexpr std::string_view byte_order_mark{"\xef\xbb\xbf"};
    bool const is_marked = source->text.starts_with(byte_order_mark);
    return without_first(is_marked ? byte_order_mark.size() : 0, std::move(*source));
  } else {
    auto const why = errno == 0 ? std::string{} : std::string{std::strerror(errno)};
    report(path, request, diagnostics, fmt::format("the file `{}` cannot be read", path), why, "check who may read it");
  }
  return nullptr;
}

}  // namespace utvei
