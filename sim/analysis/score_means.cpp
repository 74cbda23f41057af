// SPDX-License-Identifier: Apache-2.0
#include "score_means.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {

double total_variation(std::vector<double> const& predicted, std::vector<double> const& observed) {
  double sum = 0;
  double people = 0;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    sum += std::abs(predicted[i] - observed[i]);
    people += observed[i];
  }
  return people > 0 ? sum / (2 * people) : 0;
}

void add_means(std::vector<BacktestLine> const& lines, std::size_t states, BacktestScore& score) {
  score.predictions = lines.size();
  if (lines.empty()) return;
  auto const n = static_cast<double>(lines.size());
  double within_50 = 0;
  double within_90 = 0;
  std::vector<double> variations, variations_all;
  std::vector<double> all_predicted(states), all_observed(states);
  for (std::size_t first = 0; first < lines.size(); first += states) {
    std::vector<double> predicted, observed;
    for (std::size_t i = first; i < first + states; ++i) {
      BacktestLine const& line = lines[i];
      score.log_score += line.log_score / n;
      score.crps += line.crps / n;
      within_50 += line.within_50() ? 1 : 0;
      within_90 += line.within_90() ? 1 : 0;
      predicted.push_back(line.mean);
      observed.push_back(static_cast<double>(line.observed));
      all_predicted[i - first] += line.mean;
      all_observed[i - first] += static_cast<double>(line.observed);
    }
    variations.push_back(total_variation(predicted, observed));
    std::size_t const next = first + states;
    bool const is_last_region =
        next == lines.size() || lines[next].years != lines[first].years || lines[next].split != lines[first].split;
    if (!is_last_region) continue;
    variations_all.push_back(total_variation(all_predicted, all_observed));
    std::ranges::fill(all_predicted, 0.0);
    std::ranges::fill(all_observed, 0.0);
  }
  score.coverage_50 = within_50 / n;
  score.coverage_90 = within_90 / n;
  for (double const variation : variations) score.total_variation += variation / static_cast<double>(variations.size());
  for (double const variation : variations_all)
    score.total_variation_all += variation / static_cast<double>(variations_all.size());
}

}  // namespace utvei
