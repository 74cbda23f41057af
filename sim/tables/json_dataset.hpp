// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping.hpp"

namespace utvei {

/// The dataset of a JSON-stat file: the file itself, or one of a bundle (version 1). nullptr, with what the file is
/// instead in the diagnostics, where there is none, or several and the mapping names none of them.
Value const* find_dataset(Value const& root, Mapping const& mapping, Fault fault, Diagnostics& diagnostics);

}  // namespace utvei
