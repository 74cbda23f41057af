// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace utvei {

/// A file of the folder of a municipality; @CODE@ and @NAME@ stand for its code and its name.
struct MunicipalityText {
  std::string_view path, text;
};
std::span<MunicipalityText const> municipality_texts();

}  // namespace utvei
