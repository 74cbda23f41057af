// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/register/panel.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Where the intensities of a panel change: a moment in years, as `PanelInterval` has them.
struct PanelCut {
  double time;
  std::string written;
};

/// One coefficient for all these transitions: of a trait's levels, or of the periods between cuts.
struct PanelConstraint {
  std::optional<TraitId> trait;  ///< none: the periods
  std::vector<TransitionId> transitions;
};

struct PanelOptions {
  Column<TransitionId, std::vector<TraitId>> traits;  ///< proportional effects; empty: none for any transition
  std::vector<PanelCut> cuts;                         ///< rising
  std::vector<PanelConstraint> constraints;
};

/// A coefficient on the log scale. An intercept is the log intensity per year at the first level of each trait, before
/// the first cut.
struct PanelCoefficient {
  std::string term;  ///< (intercept), NAME=LEVEL, period=[5,)
  std::vector<TransitionId> transitions;
  std::optional<TraitId> trait;
  std::size_t level{0};   ///< of the trait, or the period
  bool of_period{false};  ///< multiplies the intensities of period `level`
  double estimate{0};
  double se{0};
};

struct PanelFit {
  std::vector<PanelCoefficient> coefficients;
  std::vector<double> covariance;  ///< coefficients × coefficients
  double minus2_log_likelihood{0};
  std::size_t iterations{0};
  bool converged{false};
  bool identified{true};                 ///< no direction in which the likelihood is flat; else `se` are lower bounds
  double median_interval{0};             ///< years
  Column<StateId, double> mean_sojourn;  ///< years, at the reference of all terms; infinite if the state is not left
  std::vector<std::string> warnings;     ///< in plain words, one each
};

/// Maximum likelihood for a Markov process that is seen at dates (Kalbfleisch & Lawless 1985; Jackson 2011). People
/// without a trait among the terms are left out, with a warning. Throws InputError if an observation is impossible
/// under the model.
PanelFit fit_panel(Panel const& panel, Model const& model, PanelOptions const& options);

}  // namespace utvei
