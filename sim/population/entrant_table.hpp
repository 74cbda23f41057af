// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/demography.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

struct AgeBand {
  Duration from, to;  ///< equal: an exact age
};

/// A line of a table: how many people, who they are.
struct EntrantLine {
  std::optional<int> year;  ///< none: every year
  StateId state;
  std::optional<AgeBand> age;
  std::optional<RegionId> region;
  std::vector<std::uint16_t> levels;  ///< by TraitId
  std::vector<float> numbers;
  double count{0};
  std::string name;  ///< of who they are: equal for lines of the same people
};

/// The lines of a table. It must have the columns that `people` have, and no others; what is wrong is diagnosed.
std::vector<EntrantLine> read_entrant_table(Entrants const& table, Model const& model, Population const& people,
                                            Diagnostics& diagnostics);

}  // namespace utvei
