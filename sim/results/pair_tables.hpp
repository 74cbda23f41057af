// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "paired.hpp"

#include <utvei/results/compare.hpp>

#include <string>
#include <vector>

namespace utvei {

/// The differences of a table of a scenario from that of its baseline, by `cells` (dimensions that are kept), with the
/// groups or replicates that show their error. What a reader must know of it is added to the notes.
PairedDifferences pair_tables(RunResult const& baseline, RunResult const& scenario, Table const& table,
                              Table const& other, std::vector<std::string> const& cells,
                              std::vector<ComparisonNote>& notes);

/// Unless it is there already.
void add_note(std::vector<ComparisonNote>& notes, ComparisonNote::Kind kind, std::string detail = {});

}  // namespace utvei
