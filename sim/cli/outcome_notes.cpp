// SPDX-License-Identifier: Apache-2.0
#include "outcome_notes.hpp"

#include <cmath>

#include <fmt/format.h>

namespace utvei {

std::vector<std::string> notes_of_scores(Scenario const& scenario) {
  std::vector<std::string> notes;
  for (Score const& score : scenario.scores) {
    double const variance = score.sd * score.sd + score.wanders * score.wanders;
    double const measured = variance + score.error * score.error;
    notes.push_back(fmt::format(
        "{}: people's scores have a standard deviation of {:.1f}, and measurements one of {:.1f}; two of one "
        "day correlate by {:.2f}",
        score.name, std::sqrt(variance), std::sqrt(measured), measured > 0 ? variance / measured : 1));
    if (score.is_assumed)
      notes.push_back(fmt::format("{}: what moves it is assumed, no study is behind it", score.name));
    if (!score.source.empty()) notes.push_back(fmt::format("{}: what moves it rests on {}", score.name, score.source));
  }
  return notes;
}

}  // namespace utvei
