// SPDX-License-Identifier: Apache-2.0
// Ranks of estimates are not estimates of ranks: small regions come out at both ends by chance. A rank is a function of
// all true ratios, so its distribution is that over draws of them (Laird & Louis 1989, J. Educ. Stat. 14: 29-46;
// Goldstein & Spiegelhalter 1996, JRSS A 159: 385-443).
#include <utvei/analysis/posterior_ranks.hpp>
#include <utvei/core/contract.hpp>
#include <utvei/core/random.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace utvei {
namespace {

/// Log ratios of one draw, mean + L z.
void draw_ratios(std::vector<double> const& mean, SquareMatrix const& factor, RandomKey const& key, std::uint32_t draw,
                 std::vector<double>& ratios) {
  static StreamId const stream = stream_of("regions:rank");
  std::vector<double> normal(mean.size());
  for (std::size_t r = 0; r < mean.size(); ++r)
    normal[r] = standard_normal(key, PersonKey{draw}, stream, static_cast<std::uint32_t>(r));
  for (std::size_t r = 0; r < mean.size(); ++r) {
    double sum = mean[r];
    for (std::size_t k = 0; k <= r; ++k) sum += factor(r, k) * normal[k];
    ratios[r] = sum;
  }
}

/// Rank of the lowest draw that so great a share lies at or below, from how often each rank was had.
double rank_at(std::vector<std::uint32_t> const& times, double share, double draws) {
  double sum = 0;
  for (std::size_t rank = 0; rank < times.size(); ++rank) {
    sum += times[rank];
    if (sum >= share * draws) return static_cast<double>(rank + 1);
  }
  return static_cast<double>(times.size());
}

PosteriorRank summary_of(std::vector<std::uint32_t> const& times, std::uint32_t better, double draws) {
  PosteriorRank rank;
  std::size_t const tenth = tenth_of(times.size());
  for (std::size_t place = 0; place < times.size(); ++place) {
    double const share = times[place] / draws;
    rank.expected_rank += share * static_cast<double>(place + 1);
    if (place < tenth) rank.in_best_tenth += share;
    if (place + tenth >= times.size()) rank.in_worst_tenth += share;
  }
  rank.low_95 = rank_at(times, 0.025, draws);
  rank.high_95 = rank_at(times, 0.975, draws);
  rank.better = better / draws;
  return rank;
}

}  // namespace

std::size_t tenth_of(std::size_t regions) {
  return (regions + 9) / 10;
}

std::vector<PosteriorRank> posterior_ranks(std::vector<double> const& log_ratio, SquareMatrix const& covariance,
                                           RankOptions const& options) {
  UTVEI_EXPECT(covariance.size == log_ratio.size() && options.draws > 0);
  std::size_t const regions = log_ratio.size();
  SquareMatrix const factor = factor_of(covariance);
  RandomKey const key{options.seed, 0, 0};
  std::vector<std::vector<std::uint32_t>> times(regions, std::vector<std::uint32_t>(regions));
  std::vector<std::uint32_t> better(regions);
  std::vector<double> ratios(regions);
  std::vector<std::size_t> order(regions);
  double const sign = options.better == Better::more ? 1 : -1;
  for (std::uint32_t draw = 0; draw < options.draws; ++draw) {
    draw_ratios(log_ratio, factor, key, draw, ratios);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      return ratios[a] != ratios[b] ? sign * ratios[a] > sign * ratios[b] : a < b;
    });
    for (std::size_t rank = 0; rank < regions; ++rank) ++times[order[rank]][rank];
    for (std::size_t r = 0; r < regions; ++r) better[r] += sign * ratios[r] > 0 ? 1U : 0U;
  }
  std::vector<PosteriorRank> ranks;
  for (std::size_t r = 0; r < regions; ++r) ranks.push_back(summary_of(times[r], better[r], options.draws));
  return ranks;
}

}  // namespace utvei
