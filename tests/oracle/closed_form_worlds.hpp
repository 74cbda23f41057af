// SPDX-License-Identifier: Apache-2.0
// The worlds of the closed forms: a Markov chain of four states, and a semi-Markov process with limits.
#pragma once

#include "support/csv.hpp"
#include "support/world.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>

namespace utvei {

inline constexpr std::array four_states{"education", "training", "employment", "joblessness"};

inline std::uint16_t state_of(std::string_view name) {
  return static_cast<std::uint16_t>(std::ranges::find(four_states, name) - four_states.begin());
}

/// All digits of a number.
inline std::string in_full(double value) {
  std::ostringstream text;
  text.precision(17);
  text << value;
  return text.str();
}

/// Its intensities are stated per month.
inline std::string four_states_model(std::filesystem::path const& data) {
  std::string model =
      "utvei: model/1\nname: ctmc4\nstates: {education: {}, training: {}, employment: {}, "
      "joblessness: {}}\ntransitions:\n";
  for (auto const& row : support::read_csv(data / "ctmc4_Q.csv")) {
    for (std::string const to : four_states) {
      if (to == row.at("from")) continue;
      model += "  - {from: " + row.at("from") + ", to: " + to +
               ", rate_per_year: " + in_full(12 * support::number(row, to)) + "}\n";
    }
  }
  return model;
}

/// Work, sick leave to its limit of 52 weeks, assessment to its limit of 156, disability until somebody else takes the
/// place: rates per week by time in state.
inline support::World semi_markov(std::string const& scenario) {
  support::TempFolder const folder;
  auto const per_year = [](double per_week) {
    return in_full(per_week * static_cast<double>(minutes_per_year) / static_cast<double>(minutes_per_week));
  };
  folder.write("rates.csv", "from;to;days_from;days_to;rate_per_year\nSick;Work;0;56;" + per_year(.12) +
                                "\nSick;Work;56;364;" + per_year(.03) + "\nAAP;Work;0;364;" + per_year(.004) +
                                "\nAAP;Work;364;1092;" + per_year(.008) + "\n");
  return support::make_world(folder,
                             "utvei: model/1\nname: limits\nstates:\n  Work: {}\n"
                             "  Sick: {limit: {after: 52 weeks, to: {AAP: 1}}}\n"
                             "  AAP: {limit: {after: 156 weeks, to: {Work: 0.2, DI: 0.8}}}\n  DI: {}\ntransitions:\n"
                             "  - {from: Work, to: Sick, rate_per_year: " +
                                 per_year(1.0 / 60) +
                                 "}\n  - {from: Sick, to: Work, rates: rates.csv}\n"
                                 "  - {from: AAP, to: Work, rates: rates.csv}\n"
                                 "  - {from: DI, to: Work, rate_per_year: " +
                                 per_year(1.0 / 520) + "}\n",
                             scenario);
}

}  // namespace utvei
