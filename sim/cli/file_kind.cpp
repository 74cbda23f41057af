// SPDX-License-Identifier: Apache-2.0
#include "file_kind.hpp"

#include <utvei/document/reader.hpp>

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::array<std::string_view, 14> formats{"model/1",  "scenario/1",    "study/1", "population/1", "mapping/1",
                                                   "income/1", "calibration/1", "trial/1", "money/1",      "power/1",
                                                   "mix/1",    "regions/1",     "batch/1", "plan/1"};

/// `model` of `model/1`.
std::string_view kind_in(std::string_view format) {
  return format.substr(0, format.find('/'));
}

}  // namespace

std::optional<FileKind> kind_of_file(std::string const& path, std::vector<Override> const& overrides,
                                     Diagnostics& diagnostics) {
  Diagnostics own;
  Value const document = read_document(path, overrides, Request{}, own);
  Value const* const said = document.find("utvei");
  if (said != nullptr) {
    // The reader of that kind finds again what was wrong with the YAML.
    for (std::size_t i = 0; i < formats.size(); ++i)
      if (kind_in(said->scalar) == kind_in(formats[i])) return static_cast<FileKind>(i);
  }
  diagnostics.merge(own);
  if (own.has_errors()) return std::nullopt;
  std::vector<std::string> const known(formats.begin(), formats.end());
  if (said != nullptr) {
    diagnostics.error(said->place, fmt::format("unknown format `{}`", said->scalar), "",
                      did_you_mean(said->scalar, known));
  } else {
    diagnostics.error(
        document.place, "no key `utvei`", "it says what the file is",
        "write `utvei: model/1`, `scenario/1`, `study/1`, `population/1`, `mapping/1`, `income/1`, "
        "`calibration/1`, `trial/1`, `money/1`, `power/1`, `mix/1`, `regions/1`, `batch/1` or `plan/1` at the top");
  }
  return std::nullopt;
}

}  // namespace utvei
