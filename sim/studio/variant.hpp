// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studio_folder.hpp"

#include <map>
#include <string>

namespace utvei {

/// What somebody asks the studio to try.
struct TryRequest {
  std::string scenario;  ///< that it starts from
  std::string name;      ///< as it was typed
  std::map<std::string, LeverValue> levers{};
};

/// A name that can be that of a scenario and its file: letters, digits, `_`, `-` and `.`.
std::string file_name_of(std::string const& name);

/// The scenario file of a try: it extends the file that it starts from and holds what was changed alone. `folder`:
/// where it will lie.
std::string variant_yaml(StudioFile const& base, TryRequest const& request, std::string const& folder);

}  // namespace utvei
