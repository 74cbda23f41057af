// SPDX-License-Identifier: Apache-2.0
#include "row_errors.hpp"

#include "pair_tables.hpp"

#include <utvei/core/normal.hpp>

#include <cmath>
#include <numbers>

namespace utvei {

double chance_above(double mean, double sd) {
  if (sd > 0) return 0.5 * std::erfc(-mean / sd / std::numbers::sqrt2);
  return mean > 0 ? 1.0 : mean < 0 ? 0.0 : 0.5;
}

double sd_of_mean(PairedEstimate const& estimate) {
  double const parameter = estimate.parameter_variance.value_or(0);
  bool const is_hidden = estimate.parameter_variance && parameter <= 0 && estimate.run_variance.value_or(0) > 0;
  // Where luck hides the parameters, all that draws differ by is an upper bound of what they do.
  double const spread = is_hidden ? estimate.draw_variance : parameter;
  return std::sqrt(spread + estimate.monte_carlo_variance.value_or(0));
}

void fill_errors(ComparisonRow& row, PairedEstimate const& estimate, ErrorsToTell const& told,
                 std::vector<ComparisonNote>& notes) {
  using Kind = ComparisonNote::Kind;
  if (!estimate.monte_carlo_variance) {
    if (told.has_draws) add_note(notes, Kind::no_parameter_interval);
    return;
  }
  row.mc_se = std::sqrt(*estimate.monte_carlo_variance);
  double const parameter = estimate.parameter_variance.value_or(0);
  row.parameters_hidden = estimate.parameter_variance && parameter <= 0 && *estimate.run_variance > 0;
  if (row.parameters_hidden) {
    add_note(notes, Kind::parameters_hidden, row.measure_of);
  } else if (estimate.parameter_variance) {
    row.low_95 = row.difference - normal_975 * std::sqrt(parameter);
    row.high_95 = row.difference + normal_975 * std::sqrt(parameter);
  }
  // Chance among as many people as the run stands for, who are `weight` times as many; where these are more than were
  // simulated, the error of the simulation comes to it. (With weight 1, one run is that chance.)
  double const share = 1 / told.weight;
  double const chance = share * *estimate.run_variance + (1 - share) * *estimate.monte_carlo_variance;
  double const count_sd = std::sqrt(parameter + chance);
  row.count_low_95 = row.difference - normal_975 * count_sd;
  row.count_high_95 = row.difference + normal_975 * count_sd;

  double const sd = sd_of_mean(estimate);
  if (!told.direction || (sd == 0 && row.difference == 0)) return;
  if (told.is_assumed) return add_note(notes, Kind::main_effect_is_assumed, row.scenario);
  row.probability_better = chance_above(*told.direction == Better::more ? row.difference : -row.difference, sd);
  if (!estimate.parameter_variance) add_note(notes, Kind::probability_is_monte_carlo);
}

}  // namespace utvei
