// SPDX-License-Identifier: Apache-2.0
// One number of a scenario beside the baseline: all that is kept of a result when it is let go, so that of a batch of a
// thousand no more than two results are held at a time.
#pragma once

#include <utvei/results/compare.hpp>
#include <utvei/results/outcome.hpp>
#include <utvei/results/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// With fewer draws their spread is not told.
inline constexpr std::size_t least_draws_for_spread = 10;

/// What scenarios are compared by.
struct ComparedOutcome {
  AskedOutcome asked;              ///< heads of which no year is given are of the last day on which they are counted
  std::string units;               ///< of its table: years, 1, kroner, …
  std::optional<Better> better{};  ///< none: nobody says which direction is good news
};

/// Throws InputError (usage) for what the two results do not have.
ComparedOutcome outcome_to_compare(RunResult const& baseline, RunResult const& scenario, std::string const& text,
                                   std::string_view option);

/// What the intervals of a difference hold.
enum class OutcomeSpread {
  unknown,     ///< nothing in the runs shows it
  simulation,  ///< luck alone: there are no draws
  parts,       ///< parameters, and chance in a population of this size, each estimated by itself
  draws        ///< both together, as draws differ: one replicate in which people wait for each other tells no more
};

struct ScenarioOutcome {
  double baseline{0}, value{0}, difference{0};  ///< means over draws and replicates
  OutcomeSpread spread{OutcomeSpread::unknown};
  std::optional<double> sd{};  ///< of the distribution that the intervals are of
  std::size_t degrees{0};      ///< Student's t of so many degrees of freedom; 0: normal
  /// That the difference is good news: of its mean where luck is known by itself, else by the distribution that the
  /// intervals are of. None where the main effect is assumed, or no direction is good.
  std::optional<double> chance_better{};
  bool is_assumed{false};      ///< the main effect that sets it apart from the baseline
  std::vector<double> runs{};  ///< differences by draw, means over replicates; without draws by replicate
};

/// Throws InputError (data) where the two are no runs of the same people with the same luck: then nothing is paired.
void expect_paired(RunResult const& baseline, RunResult const& scenario);

/// Throws InputError where one of the two does not have it.
ScenarioOutcome scenario_outcome(RunResult const& baseline, RunResult const& scenario, ComparedOutcome const& outcome);

/// The interval about the difference; `per_cent`: 50, 80 or 95.
std::optional<std::pair<double, double>> interval_of(ScenarioOutcome const& outcome, int per_cent);
/// Half of such an interval, by a standard deviation that is known (0: normal) or estimated with so many degrees of
/// freedom (Student's t).
double half_of_interval(double sd, int per_cent, std::size_t degrees = 0);

}  // namespace utvei
