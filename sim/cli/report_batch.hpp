// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report.hpp"

namespace utvei {

/// One file, and no result: what it says that it is, is told when it is read.
bool is_of_batch(ReportArguments const& arguments);

/// `utvei report BATCH`: what the results of a batch say along its axes.
int report_batch(ReportArguments const& arguments, Session& session);

}  // namespace utvei
