// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping.hpp"

namespace utvei {

/// `Alder: {as: age, …}`, or `Alder: age` for short.
ColumnMapping read_column_mapping(Member const& member, Diagnostics& diagnostics);
/// `wide: {as: year, columns: [...], …}`.
WideMapping read_wide_mapping(Value const& value, Diagnostics& diagnostics);

}  // namespace utvei
