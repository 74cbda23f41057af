// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/model.hpp>
#include <utvei/population/households.hpp>
#include <utvei/population/people_groups.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A table of people that the population must have.
struct MarginTable {
  std::string name;
  GroupTable groups;
};

/// The people of a register at a moment, to be copied.
struct CrossSectionSource {
  std::string file;  ///< resolved path of a register file
  Place place;
  Instant date;
};

/// A file `utvei: population/1`, checked, with the tables that it names.
struct PopulationRecipe {
  std::string path;
  std::string name;
  Model model;
  Instant date;  ///< the day that the people are of
  std::string data_class{"open"};
  std::uint32_t seed{0};
  std::vector<MarginTable> margins;  ///< the earlier holds where they disagree
  std::optional<GroupTable> seed_table;
  std::optional<GroupTable> zeros;          ///< rows are combinations that nobody has
  std::optional<GroupTable> time_in_state;  ///< `from` and `to` are columns of its table, a count is a share
  std::optional<CrossSectionSource> source;
  std::optional<HouseholdRecipe> households;
  Place place;                      ///< of `margins`, or of the file
  std::vector<std::string> inputs;  ///< every file that was read
};

/// Reads the file, its model and its tables. Whatever is wrong goes to the diagnostics.
PopulationRecipe read_recipe(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                             Diagnostics& diagnostics);

}  // namespace utvei
