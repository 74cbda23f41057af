// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "person_table.hpp"

#include <utvei/register/life_courses.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// One row of a source: the state holds on [start, stop).
struct SpellRow {
  PersonRow person;
  /// Of the source, and of what nobody leaves before all sources: where rows of two ranks overlap, the lower one wins.
  std::uint32_t rank{};
  StateId state;
  Instant start;
  Instant stop;  ///< distant_future: still going on
};

/// Appends the rows of a source, in the order of the file; adds people where the study has no persons file. `number`:
/// of the source in the study. `all`: where rejected rows are noted; nullptr: they are only counted.
void read_spell_rows(Study const& study, std::size_t number, PersonTable& table, std::vector<SpellRow>& rows,
                     RegisterCounts& counts, std::vector<RejectedRow>* all, Diagnostics& diagnostics);

}  // namespace utvei
