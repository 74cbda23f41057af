// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>
#include <utvei/results/result.hpp>

namespace utvei {

/// Whether it tells who takes part in measures: a table that is summarised, and not compared cell by cell.
bool tells_of_participants(Table const& table);

/// Who begins the measures of a result, and where they are later; means over draws and replicates.
ParticipantSummary summarise_participants(RunResult const& result);

}  // namespace utvei
