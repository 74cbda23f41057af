// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

enum class FileKind {
  model,
  scenario,
  study,
  population,
  mapping,
  income,
  calibration,
  trial,
  money,
  power,
  mix,
  regions,
  batch,
  plan
};

/// What a file says that it is, by its key `utvei`; nullopt, with the reason in the diagnostics, where it cannot be
/// told.
std::optional<FileKind> kind_of_file(std::string const& path, std::vector<Override> const& overrides,
                                     Diagnostics& diagnostics);

}  // namespace utvei
