// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// How following people at risk ended in one bin of a scale, and who came to be at risk.
struct RiskBin {
  std::vector<double> events;  ///< by destination
  double not_followed{0};
  double came{0};         ///< as the bin began
  double came_within{0};  ///< later in it
};
/// Cumulative incidences by bin and destination, from a life table with competing risks; as far as anybody is at risk.
/// docs/methods/pathways.md.
std::vector<std::vector<double>> cumulative_incidence(std::vector<RiskBin> const& bins);

/// What a comparison says of the ways that people take through the states. Numbers are means over draws and
/// replicates; those that are not there are not known, or hidden.
struct PathwaySummary {
  struct Number {
    std::optional<double> baseline, value;
  };
  /// Half of those who come to the step have come there so many months after the step before.
  struct Median {
    std::string step;
    Number months;
  };
  /// Who does not come to the next step, by where they are when they are followed no more.
  struct Loss {
    std::string step, state;
    Number people;
  };
  struct Incidence {
    std::string name, at, destination;  ///< at: `12 months` or `age 30`, by whose end it is
    Number share;
    Number people;  ///< who have come to be at risk by then
    Number events;  ///< of them who have gone there by then
    std::optional<double> difference;
    std::optional<double> mc_se;         ///< Monte Carlo standard error of the difference
    std::optional<double> parameter_sd;  ///< between draws, without that; none without draws
  };
  std::vector<Median> medians;
  std::vector<Loss> losses;
  std::vector<Incidence> incidence;
  std::vector<StateInfo> names;  ///< of ways, incidences, leavings, kinds and destinations: what they are called
};

}  // namespace utvei
