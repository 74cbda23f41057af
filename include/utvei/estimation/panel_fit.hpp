// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/model/model.hpp>
#include <utvei/register/panel.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Where the intensities of a panel change: a moment as `PanelInterval` has them.
struct PanelCut {
  double time;
  std::string written;
};

/// One coefficient for all these transitions: of a trait, or of the periods between cuts.
struct PanelConstraint {
  std::optional<TraitId> trait;  ///< none: the periods
  std::vector<TransitionId> transitions;
};

struct PanelOptions {
  Column<TransitionId, std::vector<TraitId>> traits;  ///< proportional effects; empty: none for any transition
  std::vector<PanelCut> cuts;                         ///< rising
  std::vector<PanelConstraint> constraints;
  Place place;
};

/// Reads `study.estimate` of a panel. Keys that are of spells are errors that say why.
PanelOptions read_panel_options(Study const& study, Diagnostics& diagnostics);

/// A coefficient on the log scale. An intercept is the log intensity per year at the first level of each trait, at 0 of
/// each number, before the first cut.
struct PanelCoefficient {
  enum class Kind { intercept, level, number, period };
  Kind kind{Kind::intercept};
  std::string term;  ///< (intercept), NAME=LEVEL, NAME of a number, period=[5,)
  std::vector<TransitionId> transitions;
  std::optional<TraitId> trait;
  std::size_t level{0};  ///< of the trait, or the period
  double estimate{0};
  double se{0};
};

/// The intensity of a transition, averaged over the patterns of traits and periods by the time between looks that
/// begins in its state. Its interval is normal on the log scale.
struct PanelIntensity {
  TransitionId transition;
  double rate_per_year{0};
  double log_se{0};
};

/// What happens between looks and leaves no trace, as the fitted intensities have it, for intervals between snapshots
/// that begin in one state.
struct HiddenMoves {
  std::size_t intervals{0};
  double moves{0};        ///< expected changes of state in all of them
  double seen{0};         ///< of these intervals, expected to end in another state
  double round_trips{0};  ///< expected returns to the state, a mean per interval
  double unchanged{0};    ///< intervals that end where they began
  double away{0};         ///< expected of the unchanged that were elsewhere in between
};

/// Whether a Markov process in continuous time can have the transition matrix that is seen between looks of the
/// commonest length: whether its logarithm is a matrix of intensities.
struct Embedding {
  enum class Verdict { not_judged, yes, within_error, no };
  Verdict verdict{Verdict::not_judged};
  std::string why;           ///< not judged, or no logarithm
  double years{0};           ///< between the looks
  std::size_t intervals{0};  ///< that the matrix was made of
  double lowest{0};          ///< lowest intensity of the logarithm, per year
  double lowest_se{0};       ///< its standard error
  StateId from;              ///< of the lowest
  StateId to;
};

struct PanelFit {
  std::vector<PanelCoefficient> coefficients;
  std::vector<double> covariance;  ///< coefficients × coefficients
  std::vector<PanelIntensity> intensities;
  Column<TraitId, double> mean;  ///< of numbers among the terms, over the intervals
  double minus2_log_likelihood{0};
  std::size_t iterations{0};
  bool converged{false};
  bool identified{true};       ///< no direction in which the likelihood is flat; else `se` are lower bounds
  double least_eigenvalue{0};  ///< of the Hessian, numbers scaled to an sd of one
  std::size_t intervals{0};    ///< that were used
  double median_interval{0};   ///< years
  /// Years, at the first level of each trait, the mean of each number, before the first cut; infinite if the state is
  /// not left.
  Column<StateId, double> mean_sojourn;
  Column<StateId, HiddenMoves> hidden;
  Embedding embedding;
  std::vector<std::string> warnings;  ///< in plain words, one each
};

/// Maximum likelihood for a Markov process that is seen at dates (Kalbfleisch & Lawless 1985; Jackson 2011). Intervals
/// without a trait among the terms are left out, with a warning. Throws InputError if none is left, or if the
/// probability of an observation cannot be told from 0.
PanelFit fit_panel(Panel const& panel, Model const& model, PanelOptions const& options);

/// The intensities as cells of a rate file, for each pattern of levels and period; numbers are at their mean. Without a
/// calendar there are no cells where intensities change at cuts. Their effects are those of rate_model, the first of
/// the models. `scale`: of the study.
std::vector<RateCell> rate_cells(PanelFit const& fit, Model const& model, PanelOptions const& options,
                                 TimeScale const& scale);

/// The model of all these cells, whose errors belong together over all transitions: an effect for each coefficient, of
/// a number that at its mean.
RateModel rate_model(PanelFit const& fit, Model const& model);

}  // namespace utvei
