// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/estimation/frailty.hpp>
#include <utvei/estimation/limits.hpp>
#include <utvei/estimation/occupation.hpp>
#include <utvei/estimation/poisson_regression.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/study.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// Where the rate of a cell comes from.
enum class RateSource {
  raw,             ///< events / person-time of the cell itself
  pooled_regions,  ///< the cell has no person-time: the cell of all regions together
  pooled_all,      ///< nor have all regions together: all cells of the transition
  model,           ///< the log-linear model of the transition
};
std::string_view name_of(RateSource source);  ///< raw | pooled_regions | pooled_all | model
std::optional<RateSource> rate_source(std::string_view name);

/// One row of a rate file. An occurrence/exposure rate has its exact Poisson interval (Garwood 1936), and the events
/// and person-years that it was made of, also when it is pooled; a rate of the model has a normal interval on the log
/// scale, and the events and person-years of its own cell. Rates are per year.
struct RateCell {
  TransitionId transition;
  Box box;
  std::int64_t events{0};
  double person_years{0};
  double rate{0};
  double se{0};                  ///< sqrt(events) / person_years; of the model: rate × log_se
  double low{0};                 ///< 95 %
  double high{0};                ///< 95 %; with no events: 3.689 / person_years
  std::optional<double> log_se;  ///< 1 / sqrt(events), or of the model; none without events
  RateSource source{RateSource::raw};
  RateEffects effects{};  ///< of the model
};

/// What to do with cells without person-time.
enum class EmptyCells { pooled, error };
enum class RegionEffect { none, fixed, pooled, nested, spatial };
/// Whether regions borrow from each other.
inline bool is_random(RegionEffect effect) {
  return effect == RegionEffect::pooled || effect == RegionEffect::nested || effect == RegionEffect::spatial;
}
enum class Method {
  raw,      ///< events over person-time, cell by cell
  poisson,  ///< proportional effects of terms, and of regions
};

/// `terms_for:` what tells the rates of one transition apart, beside region.
struct TermsFor {
  TransitionId transition;
  std::vector<std::string> axes;  ///< age, time_in_state, period, or the name of a trait
};
/// `constraints:` one coefficient for each level of a term in several transitions.
struct Constraint {
  std::string axis;
  std::vector<TransitionId> transitions;
};

/// Bands of the time in one state.
struct BandsOfState {
  StateId state;
  Bands bands;
};
/// A limit whose destinations are estimated.
struct EstimatedLimit {
  LimitWindow window;
  bool by_region{false};
};
/// Bands that the study has and no transition uses: fits are looked at by them.
struct UnusedBands {
  Bands age, time_in_state, period;
};

/// The key `estimate` of a study.
struct EstimateOptions {
  Bands age, time_in_state, period;  ///< of all terms of any transition
  /// Where states have bands of their own: these, and those of the others. `time_in_state` has the starts of all.
  std::vector<BandsOfState> time_in_state_of;
  Bands other_time_in_state;
  std::vector<EstimatedLimit> limits;  ///< by state and rising `after`
  UnusedBands unused;
  std::vector<TraitId> traits;     ///< terms that are traits, of any transition
  std::vector<std::string> terms;  ///< of transitions that `terms_for` does not name; looked at only if it names some
  std::vector<TermsFor> terms_for;
  std::vector<Constraint> constraints;
  Method method{Method::raw};
  RegionEffect region{RegionEffect::none};
  std::vector<std::pair<RegionId, RegionId>> neighbours;  ///< of spatial regions
  SdPrior sd_prior{SdPrior::Kind::half_normal, 1, 0};     ///< of regions that borrow
  EmptyCells empty_cells{EmptyCells::pooled};
  OccupationOptions occupation;
  std::optional<std::vector<TransitionId>> frailty;  ///< transitions that two classes of people differ in
  std::vector<std::string> inputs;                   ///< files that the options name and that were read
  Place place;
};

/// Reads `study.estimate`; bands that are not among `terms:` are left out. A study without the key gives one rate a
/// transition.
EstimateOptions read_estimate_options(Study const& study, Diagnostics& diagnostics);

/// The windows of the limits that are estimated.
std::vector<LimitWindow> windows_of(EstimateOptions const& options);

/// Where people go who come to the limits that are estimated. `threads`: 0 is all.
std::vector<LimitFit> fit_limits(LifeCourses const& lives, Model const& model, EstimateOptions const& options,
                                 std::size_t threads = 0, StopFlag const* stop = nullptr);

/// The axes that the options ask for: region, traits in the order of `terms`, age, time in state, period. Throws
/// InputError if they make more cells than memory holds. `regions`: those that people have.
std::vector<CellAxis> cell_axes(EstimateOptions const& options, std::vector<RegionId> const& regions,
                                Model const& model);
std::vector<CellAxis> cell_axes(EstimateOptions const& options, LifeCourses const& lives, Model const& model);

/// One line of `--coefficients`.
struct Coefficient {
  TransitionId transition;
  std::string term;          ///< (intercept), NAME=LEVEL, sd(region), sd(county), mixing(region)
  double estimate{0};        ///< log scale; of an sd the sd itself
  std::optional<double> se;  ///< none for what was fixed
};

/// One line of `--regions`: how a region stands out, and what of that is its own data.
struct RegionRatio {
  TransitionId transition;
  std::string region;
  double events{0};
  double expected{0};     ///< exposure × rate without the region effect
  double ratio{1};        ///< exp(region effect)
  double low{1};          ///< 95 %
  double high{1};         ///< 95 %
  double borrowed{1};     ///< 1 − weight of the own data
  double gamma_ratio{1};  ///< by gamma-Poisson empirical Bayes, for comparison
};

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
  int iterations{0};                         ///< 0: in closed form
  bool converged{true};
  std::vector<std::string> warnings;
};

/// How far predictions are from held-out events of regions: Poisson deviances, the lower the better.
struct HoldOutScore {
  std::size_t cells{0};  ///< regions that were predicted, over transitions and folds
  double raw{0};         ///< each region by its own events
  double pooled{0};      ///< all regions alike
  double shrunk{0};      ///< each region by its own events and by those of others
};
struct HoldOut {
  bool later{false};            ///< the events of another time; or parts of the events, each predicted from the rest
  std::uint32_t folds{0};       ///< number of parts that were predicted
  bool shrunk_by_model{false};  ///< by the region effect of the study; or by gamma-Poisson empirical Bayes
  struct OfTransition {
    TransitionId transition;
    HoldOutScore score;
  };
  std::vector<OfTransition> transitions;  ///< those with 10 events or more
  HoldOutScore total;
};

/// How many are still in a state a year after they entered it.
struct StillThere {
  StateId state;
  std::int64_t spells{0};  ///< seen from their entry
  double observed{0};      ///< share, by Kaplan & Meier
  double one_class{0};     ///< as the rates have it
  double two_classes{0};   ///< as two classes have it, each person's judged by their other spells
};
/// Two classes of people at the rates of the fit.
struct FrailtyReport {
  std::vector<TransitionId> transitions;
  FrailtyFit fit;
  std::vector<StillThere> still_there;
};

/// How the estimation went.
struct FitSummary {
  std::vector<TransitionSummary> transitions;
  std::vector<std::string> warnings;  ///< in plain words, one each
  std::int64_t persons{0};
  std::int64_t spells{0};
  RegisterCounts counts;
  Uncounted uncounted;
  std::optional<HoldOut> hold_out;  ///< where rates are by region
};

/// Rates by transition and cell. Names are those of the model, so that a rate file can be read without it.
struct Fit {
  std::vector<RateCell> cells;    ///< by transition, then cell on the axes of the transition
  std::vector<RateModel> models;  ///< of the transitions with events, in their order; none for raw rates
  std::vector<CellAxis> axes;
  std::vector<Coefficient> coefficients;  ///< by transition; none for raw rates
  std::vector<RegionRatio> regions;       ///< by transition, then region; of regions that borrow
  std::optional<FrailtyReport> frailty;   ///< if the study asks
  std::vector<LimitFit> limits;           ///< where people go who come to limits, if the study asks
  FitSummary summary;
  std::string method{"raw"};  ///< raw | poisson
  std::string data_class{"register"};
  std::vector<std::string> inputs;  ///< every file that was read
};

/// Piecewise-constant intensities (Holford 1980; Laird & Olivier 1981): raw occurrence/exposure rates, or a Poisson
/// log-linear model of each transition. The same numbers for any number of threads (0: all). Throws InputError for
/// empty cells under EmptyCells::error.
Fit fit(Exposure const& exposure, Model const& model, EstimateOptions const& options, std::size_t threads = 1);

/// The rates as the engine takes them.
Rates to_rates(Fit const& fit);

/// Exact 95 % limits of a Poisson mean, given the count (Garwood 1936).
struct PoissonInterval {
  double low;
  double high;
};
PoissonInterval garwood_95(std::int64_t events);

}  // namespace utvei
