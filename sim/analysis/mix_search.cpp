// SPDX-License-Identifier: Apache-2.0
// Starts from the floors, takes the step with the greatest benefit per krone, again and again, and then swaps steps
// between cells as long as that is better. Where each step gives less than the one before this is the best mix; see
// Fox (1966), Management Science 13:210-216, for marginal allocation.
#include "mix_search.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace utvei {
namespace {

constexpr double rounding = 1e-9;  ///< relative: what sums of doubles leave open

}  // namespace

std::vector<std::size_t> MixProblem::cells_of(std::size_t block) const {
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < cells.size(); ++c)
    if (cells[c].block == block) found.push_back(c);
  return found;
}

double MixProblem::price_of(MixLevels const& levels) const {
  double sum = 0;
  for (std::size_t c = 0; c < cells.size(); ++c) sum += cells[c].floor_price + levels[c] * cells[c].step_price;
  return sum;
}

void MixMemo::put(std::size_t block, MixLevels levels, RunValues values) {
  if (by_levels_[block].emplace(std::move(levels), values_.size()).second) values_.push_back(std::move(values));
}

std::optional<std::size_t> MixMemo::find(std::size_t block, MixLevels const& levels) const {
  auto const found = by_levels_[block].find(levels);
  return found == by_levels_[block].end() ? std::nullopt : std::optional{found->second};
}

MixSearch::MixSearch(MixProblem const& problem, MixMemo const& memo, std::vector<double> run_weights)
    : problem_{problem}, memo_{memo}, weights_{std::move(run_weights)} {
  for (std::size_t b = 0; b < problem.blocks; ++b) cells_of_block_.push_back(problem.cells_of(b));
}

MixLevels MixSearch::part_of(std::size_t block, MixLevels const& levels) const {
  MixLevels part;
  for (std::size_t const cell : cells_of_block_[block]) part.push_back(levels[cell]);
  return part;
}

std::optional<double> MixSearch::value_of(std::size_t block, MixLevels const& levels) {
  MixLevels part = part_of(block, levels);
  auto const number = memo_.find(block, part);
  if (!number) {
    if (!limited_) missing_->insert({block, std::move(part)});
    return std::nullopt;
  }
  if (means_.size() < memo_.size()) means_.resize(memo_.size());
  auto& mean = means_[*number];
  if (!mean) {
    mean = 0;
    RunValues const& values = memo_.values(*number);
    for (std::size_t run = 0; run < values.size(); ++run) *mean += weights_[run] * values[run];
  }
  return mean;
}

std::optional<double> MixSearch::value(MixLevels const& levels, std::set<WantedValue>& missing) {
  missing_ = &missing;
  std::optional<double> sum = 0.0;
  for (std::size_t b = 0; b < problem_.blocks; ++b) {
    auto const part = value_of(b, levels);
    sum = sum && part ? std::optional{*sum + *part} : std::nullopt;
  }
  return sum;
}

/// Only blocks that differ are looked at, so that what is not touched adds exactly nothing.
std::optional<double> MixSearch::gain(MixLevels const& from, MixLevels const& to) {
  std::optional<double> sum = 0.0;
  for (std::size_t b = 0; b < problem_.blocks; ++b) {
    auto const differs = [&](std::size_t const cell) { return from[cell] != to[cell]; };
    if (std::ranges::none_of(cells_of_block_[b], differs)) continue;
    auto const before = value_of(b, from);
    auto const after = value_of(b, to);
    if (!before || !after) {
      sum.reset();
    } else if (sum) {
      double const difference = *after - *before;
      bool const is_rounding = std::abs(difference) <= rounding * std::max(std::abs(*before), std::abs(*after));
      *sum += is_rounding ? 0 : difference;
    }
  }
  return sum;
}

double MixSearch::places_in(std::size_t region, MixLevels const& levels) const {
  double sum = 0;
  for (std::size_t c = 0; c < problem_.cells.size(); ++c)
    if (problem_.cells[c].region == region)
      sum += problem_.cells[c].floor_places + levels[c] * problem_.cells[c].step_places;
  return sum;
}

bool MixSearch::holds(MixLevels const& levels, Bounds const& bounds) const {
  for (std::size_t r = 0; r < bounds.least.size(); ++r) {
    double const places = places_in(r, levels);
    if (places < bounds.least[r] - rounding || places > bounds.most[r] + rounding) return false;
  }
  return problem_.price_of(levels) <= problem_.budget * (1 + rounding);
}

/// Of places in a region: all that its cells together can make.
std::set<double> MixSearch::sums_in(std::size_t region) const {
  std::set<double> sums{0};
  for (auto const& cell : problem_.cells) {
    if (cell.region != region) continue;
    std::set<double> more;
    for (double const sum : sums)
      for (std::uint32_t level = 0; level <= cell.most; ++level)
        more.insert(sum + cell.floor_places + level * cell.step_places);
    sums = std::move(more);
  }
  return sums;
}

/// Whether steps from here on can bring the places of a region to what they must be. Where cells have steps of
/// different size the nearest ones may lead past it.
bool MixSearch::can_reach(std::size_t region, MixLevels const& levels, Bounds const& bounds) const {
  double const here = places_in(region, levels);
  std::set<double> sums{here};
  if (here >= bounds.least[region] - rounding) return here <= bounds.most[region] + rounding;
  for (std::size_t c = 0; c < levels.size(); ++c) {
    auto const& cell = problem_.cells[c];
    if (cell.region != region) continue;
    std::set<double> more;
    for (double const sum : sums)
      for (std::uint32_t level = levels[c]; level <= cell.most; ++level) {
        double const places = sum + (level - levels[c]) * cell.step_places;
        if (places > bounds.most[region] + rounding) break;
        if (places >= bounds.least[region] - rounding) return true;
        more.insert(places);
      }
    sums = std::move(more);
  }
  return false;
}

/// A ratio of places per resident between regions holds if all of them lie between some number and so many times that:
/// one set of bounds for each number that steps can make.
std::vector<MixSearch::Bounds> MixSearch::bounds() const {
  std::size_t const regions = problem_.residents.size();
  if (!problem_.largest_ratio || regions < 2) return {{}};
  std::set<double> densities;
  for (std::size_t r = 0; r < regions; ++r)
    for (double const places : sums_in(r)) densities.insert(places / problem_.residents[r]);
  std::vector<Bounds> all;
  for (double const density : densities) {
    Bounds one;
    for (double const residents : problem_.residents) {
      one.least.push_back(density * residents);
      one.most.push_back(density * residents * *problem_.largest_ratio);
    }
    all.push_back(std::move(one));
  }
  return all;
}

bool MixSearch::may_add(MixLevels const& levels, std::size_t cell, double spent, Bounds const& bounds) const {
  auto const& of = problem_.cells[cell];
  if (levels[cell] >= of.most || spent + of.step_price > problem_.budget * (1 + rounding)) return false;
  return bounds.most.empty() || !of.region ||
         places_in(*of.region, levels) + of.step_places <= bounds.most[*of.region] + rounding;
}

bool MixSearch::fill(MixLevels& levels, Bounds const& bounds) {
  while (true) {
    double const spent = problem_.price_of(levels);
    std::vector<bool> is_short(bounds.least.size());
    for (std::size_t r = 0; r < is_short.size(); ++r) is_short[r] = places_in(r, levels) < bounds.least[r] - rounding;
    bool const must = std::ranges::find(is_short, true) != is_short.end();
    std::optional<std::size_t> chosen;
    double most = 0;
    bool is_known = true;
    for (std::size_t c = 0; c < levels.size(); ++c) {
      auto const& cell = problem_.cells[c];
      if (!may_add(levels, c, spent, bounds) || (must && !(cell.region && is_short[*cell.region]))) continue;
      MixLevels more = levels;
      ++more[c];
      if (must && !can_reach(*cell.region, more, bounds)) continue;
      auto const benefit = gain(levels, more);
      if (!benefit) is_known = false;
      if (!benefit || (!must && *benefit <= 0)) continue;
      if (!chosen || *benefit / cell.step_price > most) {
        chosen = c;
        most = *benefit / cell.step_price;
      }
    }
    if (!is_known && !limited_) return true;
    if (!chosen) return !must;
    ++levels[*chosen];
  }
}

/// The best move of one step from a cell to another, or of as many as it takes to pay for it, with what is left put
/// there too or not; or of one step to nowhere. Cells of one block are tried together only where each by itself
/// promises something.
bool MixSearch::swap(MixLevels& levels, Bounds const& bounds) {
  std::size_t const n = levels.size();
  std::vector<std::optional<double>> up(n);
  for (std::size_t c = 0; c < n; ++c) {
    if (levels[c] >= problem_.cells[c].most) continue;
    MixLevels more = levels;
    ++more[c];
    up[c] = gain(levels, more);
  }
  MixLevels best;
  double most = 0;
  auto const consider = [&](MixLevels const& other, std::optional<double> const& benefit) {
    if (!benefit || *benefit <= most) return;
    most = *benefit;
    best = other;
  };
  double const left = problem_.budget - problem_.price_of(levels);
  for (std::size_t from = 0; from < n; ++from) {
    if (levels[from] == 0) continue;
    MixLevels fewer = levels;
    --fewer[from];
    if (holds(fewer, bounds)) consider(fewer, gain(levels, fewer));
    for (std::size_t to = 0; to < n; ++to) {
      if (to == from || levels[to] >= problem_.cells[to].most || (up[to] && *up[to] <= 0)) continue;
      double const lacking = problem_.cells[to].step_price - left;
      double const steps = std::max(1.0, std::ceil(lacking / problem_.cells[from].step_price - rounding));
      if (steps > levels[from]) continue;
      MixLevels less = levels;
      less[from] -= static_cast<std::uint32_t>(steps);
      auto const loss = gain(levels, less);
      for (std::uint32_t const more : {1U, steps_for(problem_.budget - problem_.price_of(less), levels[to], to)}) {
        MixLevels other = less;
        other[to] += more;
        if (more == 0 || !holds(other, bounds)) continue;
        MixLevels added = levels;
        added[to] += more;
        auto const won = more == 1 ? up[to] : gain(levels, added);
        if (!loss || !won || *won + *loss <= 0) continue;
        bool const is_apart = problem_.cells[from].block != problem_.cells[to].block;
        consider(other, is_apart ? std::optional{*won + *loss} : gain(levels, other));
      }
    }
  }
  if (best.empty() || (!limited_ && !missing_->empty())) return false;
  levels = std::move(best);
  return true;
}

std::uint32_t MixSearch::steps_for(double money, std::uint32_t level, std::size_t cell) const {
  auto const& of = problem_.cells[cell];
  double const affordable = std::floor(money / of.step_price + rounding);
  return static_cast<std::uint32_t>(std::clamp(affordable, 0.0, static_cast<double>(of.most - level)));
}

std::optional<MixLevels> MixSearch::best_within(Bounds const& bounds) {
  MixLevels levels(problem_.cells.size(), 0);
  constexpr int most_swaps = 1000;
  for (int i = 0; i < most_swaps; ++i) {
    if (!fill(levels, bounds) || (!limited_ && !missing_->empty())) return std::nullopt;
    if (!swap(levels, bounds)) break;
  }
  if (!limited_ && !missing_->empty()) return std::nullopt;
  return holds(levels, bounds) ? std::optional{levels} : std::nullopt;
}

std::optional<MixLevels> MixSearch::best(std::set<WantedValue>& missing, bool limited) {
  missing_ = &missing;
  limited_ = limited;
  MixLevels const floors(problem_.cells.size(), 0);
  std::optional<MixLevels> chosen;
  double most = 0;
  for (Bounds const& within : bounds()) {
    auto const found = best_within(within);
    if (!found) continue;
    auto const benefit = gain(floors, *found);
    if (benefit && (!chosen || *benefit > most)) {
      most = *benefit;
      chosen = found;
    }
  }
  if (!limited && !missing.empty()) return std::nullopt;
  return chosen ? chosen : floors;
}

std::optional<MixLevels> next_of_block(MixProblem const& problem, MixMemo const& memo, std::size_t block) {
  auto const cells = problem.cells_of(block);
  auto const mean = [&](MixLevels const& levels) {
    double sum = 0;
    for (double const value : memo.values(*memo.find(block, levels))) sum += value;
    return sum;
  };
  MixLevels levels(cells.size(), 0);
  double spent = 0;
  for (std::size_t const cell : cells) spent += problem.cells[cell].floor_price;
  while (memo.find(block, levels)) {
    std::optional<std::size_t> chosen;
    double most = 0;
    double const now = mean(levels);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      auto const& cell = problem.cells[cells[i]];
      if (levels[i] >= cell.most || spent + cell.step_price > problem.budget * (1 + rounding)) continue;
      MixLevels more = levels;
      ++more[i];
      if (!memo.find(block, more)) return more;
      double const benefit = (mean(more) - now) / cell.step_price;
      if (benefit > most) {
        most = benefit;
        chosen = i;
      }
    }
    if (!chosen) return std::nullopt;
    ++levels[*chosen];
    spent += problem.cells[cells[*chosen]].step_price;
  }
  return levels;
}

MixLevels even_split(MixProblem const& problem, std::vector<double> const& shares) {
  MixLevels levels(problem.cells.size(), 0);
  while (true) {
    double const left = problem.budget * (1 + rounding) - problem.price_of(levels);
    std::optional<std::size_t> chosen;
    double least = 0;
    for (std::size_t c = 0; c < levels.size(); ++c) {
      auto const& cell = problem.cells[c];
      if (levels[c] >= cell.most || cell.step_price > left || shares[c] <= 0) continue;
      double const after = (cell.floor_price + (levels[c] + 1) * cell.step_price) / shares[c];
      if (chosen && after >= least) continue;
      chosen = c;
      least = after;
    }
    if (!chosen) return levels;
    ++levels[*chosen];
  }
}

}  // namespace utvei
