// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "batch.hpp"
#include "batch_reports.hpp"
#include "batch_watch.hpp"
#include "open_batch.hpp"

#include <cstddef>
#include <vector>

namespace utvei {

/// Throws InputError (data) where there are no units to go on with.
void check_begun(OpenBatch const& batch, BatchArguments const& arguments);

/// Threads, signals and who watches, for the units of a batch.
RunUnitsOptions unit_options(BatchWatch& watch, Session& session);

/// Puts a scenario's units together and writes its result, where all of them are there. What stands in the way of one
/// result is noted, and stops no other.
VariantOutcome merge_variant(OpenBatch& batch, std::size_t variant, std::vector<UnitFailure> const& failures,
                             Session& session);

/// Says what became of a batch; gives back the exit code.
int report_outcome(OpenBatch const& batch, BatchOutcome const& outcome, BatchArguments const& arguments,
                   BatchWatch& watch, Session& session);

}  // namespace utvei
