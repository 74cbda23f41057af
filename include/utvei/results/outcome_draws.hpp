// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>
#include <utvei/results/outcome.hpp>
#include <utvei/results/result.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// One outcome of scenarios beside their baseline, by parameter draw.
struct OutcomeDraws {
  std::string text;  ///< `person_years,state=work`
  std::string units;
  bool less_is_better{false};
  double baseline{0};
  std::vector<std::string> scenarios;            ///< without the baseline
  std::vector<std::vector<double>> differences;  ///< by scenario and draw: from the baseline, mean over replicates
  /// Covariance of what is luck in the differences of one draw, by scenario; none where nothing in the runs shows it.
  std::optional<std::vector<std::vector<double>>> luck{};
  std::vector<double> cells{};  ///< every number that went in, of all results: those of a register may be too small
};

/// The outcome that is looked at unless another is asked for: what society gains where money is counted, else time in
/// states of the group `work`.
std::string usual_outcome(RunResult const& baseline, std::vector<RunResult const*> const& scenarios);

/// `text`: a table and, after commas, labels of its dimensions: `person_years,state=work`, `stock,state=aap+disability,
/// year=2030`, `present_value,state=society`. Everything that is kept apart in the column `state` of a comparison is
/// `state`, a group of states too. What does not add up over years is of the last year unless one is given. `better`
/// says of names of `state` which direction is good. Throws InputError (usage) for what the results do not have.
OutcomeDraws outcome_draws(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                           std::string const& text, std::map<std::string, Better> const& better);

/// Heads of which no year is given are of the last one on which they were counted, and of the last day in it.
AskedOutcome with_last_day(RunResult const& result, AskedOutcome asked);

}  // namespace utvei
