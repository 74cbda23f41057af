// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export.hpp"

#include <utvei/results/result.hpp>

namespace utvei {

/// Writes the tables or the life courses of a result: csv, xlsx, dta or json-stat2.
int export_tables(ExportArguments const& arguments, RunResult const& result, Session& session);

}  // namespace utvei
