// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export.hpp"

#include <utvei/results/result.hpp>

namespace utvei {

/// Writes the life courses of a result as a register with its study: a folder that `estimate` and `register` read.
int export_register(ExportArguments const& arguments, RunResult const& result, Session& session);

}  // namespace utvei
