// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/time.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// What a trial says of an effect.
struct TrialEffect {
  struct Share {
    double published{0};
    double model{0}, low_95{0}, high_95{0};
  };
  /// A time that the ratio is not solved from.
  struct Prediction {
    Duration at;
    Share control, treated;
  };
  std::string measure;
  std::string transitions;
  double hazard_ratio{1};
  double low_95{1}, high_95{1};  ///< of the luck of the trial's arms
  double control_ratio{1};       ///< what the model's intensities are multiplied by to give the control arm's share
  std::vector<Prediction> predictions{};
};

/// Solves the hazard ratios of effects that come from trials. The trial's people are simulated with the model's
/// intensities of the effect's transitions multiplied by k: F(k) is the share with the outcome, and the hazard ratio is
/// F⁻¹(treated) / F⁻¹(control). So the control arm sets the level, and the ratio holds where the model's people are
/// others. For parameter draws the shares are drawn from Jeffreys' posterior of each arm, Beta(x + ½, n − x + ½).
/// Diagnoses shares that no k from 1/64 to 64 gives.
std::vector<TrialEffect> settle_trials(Scenario& scenario, Rates const& rates, std::size_t threads,
                                       StopFlag const* stop, Diagnostics& diagnostics);

}  // namespace utvei
