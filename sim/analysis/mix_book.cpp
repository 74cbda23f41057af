// SPDX-License-Identifier: Apache-2.0
#include "mix_book.hpp"

#include <utvei/core/random.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t resamples_at_least = 200;

}  // namespace

MixNumbers numbers_of(std::vector<MixCell> const& cells, MixLevels const& levels) {
  MixNumbers numbers;
  for (std::size_t c = 0; c < cells.size(); ++c) numbers.push_back(cells[c].floor + levels[c] * cells[c].step);
  return numbers;
}

void MixBook::add(std::set<WantedValue> wanted) {
  while (!wanted.empty() && !is_full()) {
    MixLevels levels(cells_.size(), 0);
    for (std::size_t block = 0; block < problem_.blocks; ++block) {
      auto const first = std::ranges::find(wanted, block, &WantedValue::block);
      std::optional<MixLevels> part;
      if (first != wanted.end()) {
        part = first->levels;
        wanted.erase(first);
      } else if (problem_.blocks > 1) {
        part = next_of_block(problem_, memo_, block);
      }
      if (part) set(block, *part, levels);
    }
    simulate(levels);
  }
}

void MixBook::require(MixLevels const& levels) {
  if (!values(levels)) simulate(levels);
}

void MixBook::simulate(MixLevels const& levels) {
  auto outcomes = worlds_.outcomes(numbers_of(cells_, levels));
  if (rest_.empty()) rest_ = outcomes.back();
  for (std::size_t block = 0; block < problem_.blocks; ++block)
    memo_.put(block, part_of(block, levels), std::move(outcomes[block]));
}

std::optional<RunValues> MixBook::values(MixLevels const& levels) const {
  RunValues sum;
  for (std::size_t block = 0; block < problem_.blocks; ++block) {
    auto const number = memo_.find(block, part_of(block, levels));
    if (!number) return std::nullopt;
    RunValues const& values = memo_.values(*number);
    sum.resize(values.size(), 0);
    for (std::size_t run = 0; run < sum.size(); ++run) sum[run] += values[run];
  }
  return sum;
}

void MixBook::set(std::size_t block, MixLevels const& part, MixLevels& levels) const {
  auto const cells = problem_.cells_of(block);
  for (std::size_t i = 0; i < cells.size(); ++i) levels[cells[i]] = part[i];
}

MixLevels MixBook::part_of(std::size_t block, MixLevels const& levels) const {
  MixLevels part;
  for (std::size_t const cell : problem_.cells_of(block)) part.push_back(levels[cell]);
  return part;
}

std::vector<MixLevels> solve_all(std::vector<MixSearch>& searches, MixBook& book, std::size_t& cut_short,
                                 StopFlag const* stop) {
  std::vector<std::optional<MixLevels>> solved(searches.size());
  while (true) {
    std::set<WantedValue> missing;
    for (std::size_t s = 0; s < searches.size(); ++s) {
      if (solved[s]) continue;
      if (stop && *stop) throw Interrupted{};
      std::set<WantedValue> of_one;
      solved[s] = searches[s].best(of_one);
      if (!solved[s] && book.is_full()) {
        of_one.clear();
        solved[s] = searches[s].best(of_one, true);
        ++cut_short;
      }
      missing.merge(of_one);
    }
    if (missing.empty()) break;
    book.add(std::move(missing));
  }
  std::vector<MixLevels> levels;
  for (auto& one : solved) levels.push_back(std::move(*one));
  return levels;
}

std::vector<std::vector<double>> resampled_weights(std::size_t draws, std::size_t replicates, std::uint32_t seed) {
  StreamId const stream = stream_of("mix: resample");
  std::size_t const each = draws > 1 && replicates == 1 ? 1 : (resamples_at_least + draws - 1) / draws;
  std::vector<std::vector<double>> all;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    for (std::size_t i = 0; i < each; ++i) {
      auto& weights = all.emplace_back(draws * replicates, 0.0);
      for (std::uint32_t r = 0; r < replicates; ++r) {
        double const luck = uniform(RandomKey{seed, static_cast<std::uint32_t>(draw), 0}, PersonKey{i}, stream, r);
        auto const at = std::min(replicates - 1, static_cast<std::size_t>(luck * static_cast<double>(replicates)));
        weights[draw * replicates + at] += 1 / static_cast<double>(replicates);
      }
    }
  }
  return all;
}

MixGain gain_of(RunValues const& after, RunValues const& before, std::size_t draws, std::size_t replicates) {
  std::vector<double> means(draws, 0);
  double within = 0;
  auto const of_runs = static_cast<double>(replicates);
  for (std::size_t d = 0; d < draws; ++d) {
    for (std::size_t r = 0; r < replicates; ++r)
      means[d] += (after[d * replicates + r] - before[d * replicates + r]) / of_runs;
    for (std::size_t r = 0; r < replicates; ++r) {
      double const off = after[d * replicates + r] - before[d * replicates + r] - means[d];
      within += off * off;
    }
  }
  MixGain gain;
  auto const of_draws = static_cast<double>(draws);
  for (double const mean : means) gain.mean += mean / of_draws;
  double between = 0;
  for (double const mean : means) between += (mean - gain.mean) * (mean - gain.mean);
  // With one replicate a draw the two cannot be told apart, and the error holds both.
  gain.mc_se = replicates > 1 ? std::sqrt(within / (of_runs - 1) / of_runs) / of_draws
                              : std::sqrt(between / (of_draws - 1) / of_draws);
  constexpr std::size_t draws_of_interval = 20;
  if (draws >= draws_of_interval) {
    std::ranges::sort(means);
    auto const at = [&](double share) { return means[static_cast<std::size_t>(share * (of_draws - 1) + 0.5)]; };
    gain.low_95 = at(0.025);
    gain.high_95 = at(0.975);
  }
  return gain;
}

}  // namespace utvei
