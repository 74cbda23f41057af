// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/estimation/occupation.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/study.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Where the rate of a cell comes from.
enum class RateSource {
  raw,             ///< events / person-time of the cell itself
  pooled_regions,  ///< the cell has no person-time: the cell of all regions together
  pooled_all,      ///< nor have all regions together: all cells of the transition
};
std::string_view name_of(RateSource source);  ///< raw | pooled_regions | pooled_all
std::optional<RateSource> rate_source(std::string_view name);

/// One row of a rate file: an occurrence/exposure rate with its exact Poisson interval (Garwood 1936). Events and
/// person-years are those that the rate was made of, also when it is pooled. Rates are per year.
struct RateCell {
  TransitionId transition;
  Box box;
  std::int64_t events{0};
  double person_years{0};
  double rate{0};
  double se{0};                  ///< sqrt(events) / person_years
  double low{0};                 ///< 95 %
  double high{0};                ///< 95 %; with no events: 3.689 / person_years
  std::optional<double> log_se;  ///< 1 / sqrt(events); none without events
  RateSource source{RateSource::raw};
};

/// What to do with cells without person-time.
enum class EmptyCells { pooled, error };
enum class RegionEffect { none, fixed };

/// The key `estimate` of a study.
struct EstimateOptions {
  Bands age, time_in_state, period;
  std::vector<TraitId> traits;  ///< terms that are traits
  RegionEffect region{RegionEffect::none};
  EmptyCells empty_cells{EmptyCells::pooled};
  OccupationOptions occupation;
  Place place;
};

/// Reads `study.estimate`; bands that are not among `terms:` are left out. A study without the key gives one rate a
/// transition.
EstimateOptions read_estimate_options(Study const& study, Diagnostics& diagnostics);

/// The axes that the options ask for: region, traits in the order of `terms`, age, time in state, period. Throws
/// InputError if they make more cells than memory holds.
std::vector<CellAxis> cell_axes(EstimateOptions const& options, LifeCourses const& lives, Model const& model);

struct TransitionSummary {
  TransitionId transition;
  std::int64_t events{0};
  double person_years{0};
  std::int64_t rule_events{0};  ///< changes at a limit or an age end: left to the rule
  std::size_t cells{0};
  std::size_t cells_without_events{0};       ///< person-time, but no event: rate 0 with its upper limit
  std::size_t cells_without_person_time{0};  ///< filled by pooling, or missing if the state was never seen
  std::size_t parameters{0};                 ///< rates that were estimated from the cell's own data
  double log_likelihood{0};                  ///< sum of events log(rate) - rate x person-years
  double deviance{0};                        ///< against the saturated model: 0 for raw rates
};

/// How the estimation went.
struct FitSummary {
  std::vector<TransitionSummary> transitions;
  std::vector<std::string> warnings;  ///< in plain words, one each
  std::int64_t persons{0};
  std::int64_t spells{0};
  RegisterCounts counts;
  Uncounted uncounted;
};

/// Rates by transition and cell. Names are those of the model, so that a rate file can be read without it.
struct Fit {
  std::vector<RateCell> cells;  ///< by transition, then cell
  std::vector<CellAxis> axes;
  FitSummary summary;
  std::string method{"raw"};
  std::string data_class{"register"};
  std::vector<std::string> inputs;  ///< every file that was read
};

/// Raw occurrence/exposure rates: the maximum-likelihood estimate of piecewise-constant intensities (Holford 1980;
/// Laird & Olivier 1981). Throws InputError for empty cells under EmptyCells::error.
Fit fit(Exposure const& exposure, Model const& model, EstimateOptions const& options);

/// The rates as the engine takes them.
Rates to_rates(Fit const& fit);

/// Exact 95 % limits of a Poisson mean, given the count (Garwood 1936).
struct PoissonInterval {
  double low;
  double high;
};
PoissonInterval garwood_95(std::int64_t events);

}  // namespace utvei
