// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "measure_tables.hpp"

#include <utvei/results/compare.hpp>
#include <utvei/results/pathway_summary.hpp>

#include <vector>

namespace utvei {

/// Whether a table tells of the ways that people take through the states.
bool tells_of_pathways(Table const& table);

/// The tables of ways, kinds of leaving and sequences of both results, as far as both mean the same by them. Sequences
/// that are not told apart in both stand among the others. What is left out joins the notes.
MeasureTables pathway_tables(RunResult const& baseline, RunResult const& scenario, std::vector<ComparisonNote>& notes);

/// Where people are lost, how long steps take, and cumulative incidences, of both results.
PathwaySummary summarise_pathways(RunResult const& baseline, RunResult const& scenario);

}  // namespace utvei
