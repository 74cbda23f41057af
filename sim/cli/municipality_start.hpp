// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace utvei {

/// What a municipality takes from the tables of the country's start.
struct StartTables {
  std::string seed;           ///< state;age;sex;…;count: how states, ages and traits go together in the country
  std::string time_in_state;  ///< state;from;to;share
  std::string entrants;       ///< those of the county, its part of them
  std::string arrivals;
};

/// Reads start/ of the Norwegian model. `part`: of the county's people, who live in the municipality.
StartTables start_of_municipality(std::string const& norway, std::string const& county, std::string const& code,
                                  double part);

}  // namespace utvei
