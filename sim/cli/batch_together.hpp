// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "batch.hpp"

#include <utvei/batch/crew.hpp>

namespace utvei {

/// `batch run`, `resume` or `merge` by several processes: each takes units, then results, from what is left, and the
/// first one reports for all. Gives back the exit code, the same for all.
int run_batch_together(BatchArguments const& arguments, Session& session, Crew& crew);

}  // namespace utvei
