// SPDX-License-Identifier: Apache-2.0
// Bands for one further number that is exchangeable with the runs: order statistics, which need no distribution (Wilks
// 1941, Annals of Mathematical Statistics 12:91-96). Runs of one draw share parameters: only draws are exchangeable,
// and ranks are taken as if there were no more runs than draws.
#include <utvei/follow/bands.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace utvei {
namespace {

constexpr double rank_slack = 1e-9;

double mean_of(std::span<double const> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_of(std::span<double const> values) {
  if (values.size() < 2) return 0;
  double const mean = mean_of(values);
  double sum = 0;
  for (double const value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

/// Where one who is simulated stands for w others, luck has w times the variance that it has in the population. With v
/// its variance in a draw, R replicates, and B the variance between means of D draws (parameters P = B - v / R), the
/// runs are drawn in so that they spread as P + v / w, and as much more as their own mean is uncertain. Without draws
/// that is v / w + v / R.
void calm_luck(PlanRuns& runs, double weight) {
  if (weight <= 1 || runs.replicates < 2) return;
  auto const of_draw = [&](std::size_t d) {
    return std::span{runs.values}.subspan(d * runs.replicates, runs.replicates);
  };
  std::vector<double> means;
  double luck = 0;
  for (std::size_t d = 0; d < runs.draws; ++d) {
    means.push_back(mean_of(of_draw(d)));
    luck += variance_of(of_draw(d)) / static_cast<double>(runs.draws);
  }
  auto const draws = static_cast<double>(runs.draws);
  auto const replicates = static_cast<double>(runs.replicates);
  double const middle = mean_of(means);
  double const between = variance_of(means);
  double const parameters = std::max(0.0, between - luck / replicates);
  double const wanted = parameters + luck / weight;
  if (wanted <= 0) return;
  double around = std::sqrt(1 / weight);
  double of_means = between > 0 ? std::sqrt((parameters + luck / weight / replicates) / between) : 1;
  double const of_middle = (parameters + luck / replicates) / draws;
  double const ranks = runs.draws > 1 ? draws : replicates;
  double const wider = std::sqrt(std::max(1.0, (wanted + of_middle) / (wanted * (1 + 1 / ranks))));
  around *= wider;
  of_means *= wider;
  for (std::size_t d = 0; d < runs.draws; ++d)
    for (double& value : of_draw(d)) value = middle + of_means * (means[d] - middle) + around * (value - means[d]);
}

}  // namespace

std::size_t independent_runs(PlanRuns const& runs, double weight) {
  if (weight > 1 && runs.replicates < 2) return 0;
  return runs.draws > 1 ? runs.draws : runs.replicates;
}

std::size_t runs_for(double share) {
  return static_cast<std::size_t>(std::ceil(2 / (1 - share) - 1 - rank_slack));
}

PredictionBand prediction_band(PlanRuns runs, double weight) {
  PredictionBand band;
  if (runs.values.empty()) return band;
  band.mean = mean_of(runs.values);
  std::size_t const independent = independent_runs(runs, weight);
  if (independent == 0) return band;
  calm_luck(runs, weight);
  std::ranges::sort(runs.values);
  auto const count = static_cast<double>(runs.values.size());
  auto const ranks = static_cast<double>(independent);
  // The k-th of n ranks lies in the middle of the k-th n-th of the runs.
  auto const at = [&](double probability) {
    double const rank = probability * (ranks + 1);
    double const place = std::clamp((rank - 0.5) * count / ranks - 0.5, 0.0, count - 1);
    auto const below = static_cast<std::size_t>(place);
    std::size_t const above = std::min(below + 1, runs.values.size() - 1);
    return runs.values[below] + (place - static_cast<double>(below)) * (runs.values[above] - runs.values[below]);
  };
  for (std::size_t b = 0; b < band_shares.size(); ++b) {
    double const tail = (1 - band_shares[b]) / 2;
    if (tail * (ranks + 1) < 1 - rank_slack) continue;  // beyond the least and the largest run
    band.within[b] = std::pair{at(tail), at(1 - tail)};
  }
  return band;
}

}  // namespace utvei
