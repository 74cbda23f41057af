// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/contents.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A measure that a scenario has and the zero alternative has not, or otherwise.
struct OwnMeasure {
  std::string name;
  ReportText label;
  bool acts{false};                      ///< it may change where people are
  std::optional<double> places;          ///< at a time; none: no limit, or it changes
  std::vector<std::string> transitions;  ///< that its effects act on, as its file names them
};
std::vector<OwnMeasure> own_measures(Contents const& contents, std::size_t scenario);

/// Of a scenario with measures and more than one of them, or changes: how much each gives where another scenario of the
/// report has it alone, or that it cannot be told. Then which of them are taken to do nothing, and what these take.
ReportText about_each_measure(Contents const& contents, std::size_t scenario, std::string const& group);
/// The command that would tell it of a scenario that does not; empty: nothing is asked.
std::string command_for_shares(Contents const& contents, std::size_t scenario);

/// Which of several measures acts on a transition, where it is one alone and no change does.
ReportText only_measure_on(Contents const& contents, std::size_t scenario, std::string const& transition);

}  // namespace utvei
