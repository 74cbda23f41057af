// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export.hpp"

namespace utvei {

/// Writes ro-crate-metadata.json into a folder of results.
int export_crate(ExportArguments const& arguments, Session& session);

}  // namespace utvei
