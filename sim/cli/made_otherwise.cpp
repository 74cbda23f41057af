// SPDX-License-Identifier: Apache-2.0
#include "made_otherwise.hpp"

#include <utvei/document/digest.hpp>
#include <utvei/document/files.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/document/value.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace utvei {
namespace {

/// What it is called (a batch gives its scenarios names of their own, which no label goes with), and how often it was
/// run, which the report says.
bool makes_no_other(std::string const& key) {
  return key == "name" || key == "label" || key == "draws" || key == "replicates";
}

std::string text_or_nothing(Value const* value) {
  return value == nullptr || value->is_null() ? std::string{} : to_yaml(*value);
}

}  // namespace

std::vector<std::string> made_otherwise(RunResult const& result, Variant const& variant) {
  Diagnostics unheard;
  Value const then = parse_yaml(result.provenance.scenario, "scenario", unheard);
  Value const now = read_document(variant.file, variant.sets, Request{}, unheard);
  std::vector<std::string> found;
  for (Value const* document : {&then, &now})
    for (Member const& member : document->members)
      if (!makes_no_other(member.key) &&
          text_or_nothing(then.find(member.key)) != text_or_nothing(now.find(member.key)) &&
          std::ranges::find(found, member.key) == found.end())
        found.push_back(member.key);
  // Keys of the scenario and of what it extends were compared one by one.
  std::vector<std::string> own{variant.file};
  collect_files(now, own);
  for (InputFile const& file : result.provenance.inputs) {
    std::error_code error;
    if (std::ranges::find(own, file.path) != own.end() || !std::filesystem::is_regular_file(file.path, error)) continue;
    if (sha256_of_file(file.path) != file.sha256) found.push_back(file.path);
  }
  return found;
}

}  // namespace utvei
