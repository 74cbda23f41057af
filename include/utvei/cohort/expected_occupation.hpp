// SPDX-License-Identifier: Apache-2.0
// Expected numbers of what simulate() counts, by deterministic equations: docs/methods/cohort.md.
#pragma once

#include <utvei/cohort/cohorts.hpp>
#include <utvei/core/id.hpp>
#include <utvei/core/parallel.hpp>
#include <utvei/core/time.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What is asked: where people are at some times, and what they did in some periods.
struct OccupationQuery {
  std::vector<Instant> times;    ///< rising, within the plan; who changes state at that very time is in the new one
  std::vector<Instant> periods;  ///< rising: period i is (periods[i], periods[i + 1]]
  /// Lower bounds of the groups after the first, rising; empty: ages are not told apart.
  std::vector<Duration> age_groups{};
};

/// The calendar years of a plan as periods, cut off at its start and end.
std::vector<Instant> calendar_years(RunPlan const& plan);

/// One state leading to another, by one cause: a transition, a limit or an age.
struct Passage {
  StateId from;
  StateId to;
  Cause cause{Cause::transition};
  TransitionId transition;  ///< of Cause::transition
  friend bool operator==(Passage const&, Passage const&) = default;
};
/// Every passage of a plan: transitions in the order of their ids, then what the rules of each state do.
std::vector<Passage> passages_of(RunPlan const& plan);

/// Expected numbers, or their derivatives.
struct OccupationNumbers {
  std::vector<double> people;        ///< [time][age group][profile][state]
  std::vector<double> person_years;  ///< [period][age group][profile][state], in years of 365.25 days
  std::vector<double> passages;      ///< [period][age group][profile][passage]
  friend bool operator==(OccupationNumbers const&, OccupationNumbers const&) = default;
};

struct ExpectedOccupation {
  std::size_t times{0}, periods{0}, age_groups{1}, profiles{0}, states{0};
  std::vector<Passage> passages;
  OccupationNumbers expected;
  std::vector<OccupationNumbers>
      derivatives;  ///< by offset, of `expected` in the offset's value; if they were asked for
  /// How far the numbers are from those with steps twice as long: more than their error, see docs/methods/cohort.md.
  /// None: it was not asked for.
  std::optional<OccupationNumbers> step_error;

  /// Where a number stands in people or person_years; `slice`: the time or the period.
  [[nodiscard]] std::size_t at(std::size_t slice, std::size_t age_group, std::uint32_t profile, StateId state) const {
    return ((slice * age_groups + age_group) * profiles + profile) * states + state.value();
  }
  [[nodiscard]] std::size_t passage_at(std::size_t period, std::size_t age_group, std::uint32_t profile,
                                       std::size_t passage) const {
    return ((period * age_groups + age_group) * profiles + profile) * passages.size() + passage;
  }
};

enum class Derivatives { none, by_offset };
/// By halving: every step is taken in two, and the numbers are those of the halves.
enum class StepError { none, by_halving };

struct CohortOptions {
  Duration step{
      minutes_per_month};  ///< the longest; shorter where bands of the time in a state or intensities ask for it
  Derivatives derivatives{Derivatives::none};
  StepError step_error{StepError::none};
  std::size_t threads{0};  ///< 0: all cores; changes no bit
  StopFlag const* stop{nullptr};
};

/// Why the equations do not hold for a plan: what people of one cohort would not have in common, or what would need
/// more of the past than is kept.
struct BeyondCohorts {
  std::string why, what_to_do;
};
std::optional<BeyondCohorts> beyond_cohorts(RunPlan const& plan);

/// What to expect of these people under the intensities, limits and age ends of the plan. The same bytes for any number
/// of threads. Throws InputError where people can move or change traits during the run, and where limits of one minute
/// lead round in a circle; Interrupted when `stop` is raised.
ExpectedOccupation expected_occupation(RunPlan const& plan, std::vector<Cohort> const& cohorts,
                                       OccupationQuery const& query, std::vector<RateOffset> const& offsets,
                                       CohortOptions const& options);

}  // namespace utvei
