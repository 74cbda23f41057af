// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/observation/life_path.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// The people of a trial under the model's rates, in one arm or the other. In both the intensities of the effects'
/// transitions are multiplied by the same number, which stands for all that sets the trial's people apart; the treated
/// begin the measure at once, and it lasts, locks in and fades as the measure does.
class TrialArms {
 public:
  /// The effects of the measure that come from a trial all come from this one. Use the arms only without errors.
  TrialArms(Scenario const& scenario, Rates const& rates, Measure const& measure, Trial const& trial,
            std::size_t threads, StopFlag const* stop, Diagnostics& diagnostics);

  /// Shares with the outcome at the trial's time, and at those kept out. `log_level`: of the multiplier of both arms.
  [[nodiscard]] std::vector<double> control(double log_level);
  /// The same of those who are treated. `log_ratio`: of the effects from the trial.
  [[nodiscard]] std::vector<double> treated(double log_level, double log_ratio);

 private:
  [[nodiscard]] std::vector<double> shares();
  [[nodiscard]] bool has_outcome(LifePath const& life, Instant at) const;

  Trial const& trial_;
  Scenario scenario_;
  Rates rates_;
  std::size_t threads_;
  StopFlag const* stop_;
  std::vector<Instant> times_;
  Population people_;
  RunPlan plan_;
  /// Of each effect from the trial: [effect][level][step], what the log ratio is multiplied by.
  std::vector<std::vector<std::vector<double>>> exponents_;
  std::vector<std::size_t> solved_;  ///< places of these effects among those of the measure
};

}  // namespace utvei
