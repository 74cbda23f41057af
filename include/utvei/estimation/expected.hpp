// SPDX-License-Identifier: Apache-2.0
// Observed against expected events: where a fit of intensities and the data part.
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/tables.hpp>
#include <utvei/register/exposure.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Events at one level of a term, and what the fit expects of the same person-time.
struct ExpectedEvents {
  std::string level;
  std::int64_t events{0};
  double expected{0};
  /// The residual over its standard error, which counts that the parameters were estimated from these events. None
  /// where the fit meets the events whatever they are, or expects none.
  std::optional<double> z;
};

/// The levels of one term of one transition.
struct ExpectedTerm {
  TransitionId transition;
  std::string term;      ///< name of the axis: region, a trait, age, time_in_state, period
  bool in_model{false};  ///< whether the transition's rates depend on it
  std::vector<ExpectedEvents> levels;
  double chi_square{0};       ///< score test of the term, over all its levels
  int degrees_of_freedom{0};  ///< 0: the fit meets the events whatever they are
  std::optional<double> p_value;
};

/// Which way events stand out: `high`, `low`, or nothing. |z| of `large_z` or more, and five events seen or expected.
std::string_view flag_of(ExpectedEvents const& level);
inline constexpr double large_z = 3;

/// Events and person-time by the cells of a fit and one thing more that the fit does not use.
struct WiderExposures {
  std::vector<Exposure> exposures;   ///< the further axis is the last
  std::vector<std::string> skipped;  ///< axes that would make more cells than memory holds
};
/// Counts by region, by each trait with levels and by the bands that the study has, where the fit uses none of them.
WiderExposures tabulate_wider(LifeCourses const& lives, Model const& model, EstimateOptions const& options,
                              std::size_t threads, StopFlag const* stop);

/// Observed and expected events of every transition with events, by each axis of the exposure and of the wider ones, in
/// this order. `fit`: to `exposure`.
std::vector<ExpectedTerm> expected_events(Exposure const& exposure, std::vector<Exposure> const& wider, Fit const& fit,
                                          Model const& model, EstimateOptions const& options);

/// `--expected`: from,to,term,level,in_model,events,expected,ratio,z,flag.
TextTable expected_table(std::vector<ExpectedTerm> const& terms, Model const& model);
/// The same as a JSON array of terms; levels with fewer than `least_events` events, but some, are left out.
std::string expected_json(std::vector<ExpectedTerm> const& terms, Model const& model, std::int64_t least_events);
/// What stands out, for people. `least_events`: levels with fewer events, but some, are not named.
std::string describe_expected(std::vector<ExpectedTerm> const& terms, Model const& model, std::int64_t least_events);

}  // namespace utvei
