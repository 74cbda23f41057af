// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/time.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What a trial says of an effect.
struct TrialEffect {
  /// What the model says. Of an arm: what arms of as many people would show, and of the difference of the arms: how
  /// well the trial lets it be known.
  struct Share {
    std::optional<double> published{};
    double model{0}, low_95{0}, high_95{0};
  };
  /// A time that the ratio is not solved from.
  struct Prediction {
    Duration at;
    Share control, treated, difference;
  };
  std::string measure;
  std::string transitions;
  double hazard_ratio{1};
  double low_95{1}, high_95{1};  ///< of the luck of the trial's arms
  double control_ratio{1};       ///< what the model's intensities are multiplied by to give the control arm's share
  std::vector<Prediction> predictions{};
};

/// Solves the hazard ratios of effects that come from trials. The trial's people are simulated under the model's rates,
/// with the intensities of the effects' transitions multiplied by a level k in both arms: k is such that the control
/// arm has its share with the outcome. The treated begin the measure at once, which lasts, locks in and fades as it
/// does in the scenario, beside its other effects; the hazard ratio is such that they have theirs. So it holds where
/// the model's people are others. Effects of one measure from the same trial share the ratio. For parameter draws the
/// shares are drawn from Jeffreys' posterior of each arm, Beta(x + ½, n − x + ½). Diagnoses shares that no multiplier
/// gives.
std::vector<TrialEffect> settle_trials(Scenario& scenario, Rates const& rates, std::size_t threads,
                                       StopFlag const* stop, Diagnostics& diagnostics);

}  // namespace utvei
