// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/register/life_courses.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// The key `occupation` of a study's `estimate`.
struct OccupationOptions {
  std::optional<TraitId> by;         ///< a curve for each level of this trait, or
  bool by_region{false};             ///< for each region that people have; neither: for all together
  std::vector<StateId> start;        ///< empty: every state that is not absorbing
  std::vector<Instant> start_times;  ///< empty: the start of the window
  std::vector<Instant> times;        ///< where curves are read; empty: at each time at which somebody changes state
};

/// Reads `estimate: occupation:`.
OccupationOptions read_occupation_options(Value const& value, Study const& study, Diagnostics& diagnostics);

/// State occupation at one time; a step function, continuous from the right.
struct OccupationPoint {
  Instant time;
  std::vector<double> probability;  ///< by StateId
  std::vector<double> se;           ///< by StateId
};

/// Where those are who were in `start` at `start_time`.
struct OccupationCurve {
  std::string group;  ///< level or region code; empty: all
  Instant start_time;
  StateId start;
  std::vector<OccupationPoint> points;  ///< rising in time; the first is the start itself unless times were asked for
};

/// The estimator of Aalen & Johansen (1978) with standard errors of Greenwood's type, by group, start time and start
/// state, in this order. People without the grouping trait are left out. Every change of state counts, whether or not
/// the model has a transition for it. The same bytes for any number of threads: it uses one.
std::vector<OccupationCurve> state_occupation(LifeCourses const& lives, Model const& model, Instant window_start,
                                              OccupationOptions const& options);

}  // namespace utvei
