// SPDX-License-Identifier: Apache-2.0
#include "mix_book.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/normal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace utvei {
namespace {

/// Where regions do not touch each other, each is a block of its own.
std::vector<std::size_t> blocks_of(std::vector<MixCell> const& cells, bool is_separable) {
  std::vector<std::size_t> blocks;
  std::map<std::string, std::size_t> of_area;
  for (MixCell const& cell : cells)
    blocks.push_back(is_separable ? of_area.emplace(cell.area, of_area.size()).first->second : 0);
  return blocks;
}

MixProblem problem_of(MixDesign const& design, std::vector<MixCell> const& cells,
                      std::vector<std::size_t> const& blocks) {
  MixProblem problem;
  problem.budget = *design.budget;
  problem.largest_ratio = design.largest_ratio;
  problem.blocks = *std::ranges::max_element(blocks) + 1;
  std::map<std::string, std::size_t> regions;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    MixCell const& cell = cells[c];
    MixProblem::Cell made{cell.most,
                          cell.step * cell.price,
                          cell.floor * cell.price,
                          static_cast<double>(cell.floor),
                          static_cast<double>(cell.step),
                          blocks[c],
                          {}};
    double const affordable = std::floor((problem.budget - made.floor_price) / made.step_price + 1e-9);
    made.most = std::min(made.most, static_cast<std::uint32_t>(std::clamp(affordable, 0.0, 1e9)));
    if (cell.region && cell.residents > 0) {
      auto const [region, is_new] = regions.emplace(cell.area, regions.size());
      if (is_new) problem.residents.push_back(cell.residents);
      made.region = region->second;
    }
    problem.cells.push_back(made);
  }
  return problem;
}

/// Whether places per resident differ by no more than they may between regions.
bool is_fair(MixProblem const& problem, MixLevels const& levels) {
  if (!problem.largest_ratio) return true;
  std::vector<double> places(problem.residents.size(), 0);
  for (std::size_t c = 0; c < levels.size(); ++c)
    if (auto const region = problem.cells[c].region)
      places[*region] += problem.cells[c].floor_places + levels[c] * problem.cells[c].step_places;
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  for (std::size_t r = 0; r < places.size(); ++r) {
    least = std::min(least, places[r] / problem.residents[r]);
    most = std::max(most, places[r] / problem.residents[r]);
  }
  return most <= least * *problem.largest_ratio * (1 + 1e-9);
}

RunValues total_of(std::vector<RunValues> const& outcomes) {
  RunValues sum(outcomes.front().size(), 0);
  for (RunValues const& values : outcomes)
    for (std::size_t run = 0; run < sum.size(); ++run) sum[run] += values[run];
  return sum;
}

/// Among so many that are sorted.
std::size_t quantile_at(double share, std::size_t count) {
  return static_cast<std::size_t>(share * static_cast<double>(count - 1) + 0.5);
}

/// In how many of the solutions a cell has at least so much.
void tell_certain(std::vector<MixCell> const& cells, MixLevels const& solution, std::vector<MixLevels> const& solutions,
                  double certain, MixReport& report) {
  auto const n = static_cast<double>(solutions.size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    std::vector<std::uint32_t> sorted;
    for (MixLevels const& one : solutions) sorted.push_back(one[c]);
    std::ranges::sort(sorted);
    // The largest level that so large a share has: as many as may have less come before it.
    auto const may_lack = static_cast<std::size_t>((1 - certain) * n + 1e-9);
    auto const number = [&](std::uint32_t level) { return cells[c].floor + level * cells[c].step; };
    report.certain.push_back(number(std::min(solution[c], sorted[may_lack])));
    report.low.push_back(number(sorted[quantile_at(0.025, sorted.size())]));
    report.high.push_back(number(sorted[quantile_at(0.975, sorted.size())]));
  }
}

std::vector<double> even_shares(MixDesign const& design, std::vector<MixCell> const& cells) {
  std::vector<double> shares(cells.size());
  std::vector<double> residents(design.choices.size(), 0);
  for (MixCell const& cell : cells) residents[cell.choice] += cell.residents;
  for (std::size_t c = 0; c < cells.size(); ++c)
    shares[c] = (residents[cells[c].choice] > 0 ? cells[c].residents / residents[cells[c].choice] : 1) /
                static_cast<double>(design.choices.size());
  return shares;
}

/// What stands around the solution: one step more in each cell, and one step moved.
class Neighbourhood {
 public:
  Neighbourhood(MixProblem const& problem, std::vector<MixCell> const& cells, MixBook& book, MixLevels solution)
      : problem_{problem}, cells_{cells}, book_{book}, solution_{std::move(solution)} {}

  void tell(MixReport& report) {
    draws_ = report.draws;
    replicates_ = report.replicates;
    look();
    RunValues const here = *book_.values(solution_);
    double best = 0;
    for (std::size_t c = 0; c < solution_.size(); ++c) {
      report.one_more.emplace_back();
      if (solution_[c] >= cells_[c].most) continue;
      MixLevels const more = moved({}, c);
      auto const values = book_.values(more);
      if (!values) continue;
      MixGain const gain = gain_of(*values, here, draws_, replicates_);
      report.one_more.back() = gain;
      if (gain.mean > 0 && !is_fair(problem_, more)) {
        report.fairness_holds_back = true;
        report.fairness_keeps_money =
            report.fairness_keeps_money || problem_.price_of(more) <= problem_.budget * (1 + 1e-9);
        continue;
      }
      if (gain.mean / problem_.cells[c].step_price <= best) continue;
      best = gain.mean / problem_.cells[c].step_price;
      report.next = c;
    }
    tell_swaps(here, report);
  }

 private:
  [[nodiscard]] MixLevels moved(std::optional<std::size_t> from, std::optional<std::size_t> to) const {
    MixLevels levels = solution_;
    if (from) --levels[*from];
    if (to) ++levels[*to];
    return levels;
  }

  void look() {
    std::set<WantedValue> missing;
    MixSearch search{problem_, book_.memo(), std::vector<double>(draws_ * replicates_, 0.0)};
    for (std::size_t c = 0; c < solution_.size(); ++c) {
      if (solution_[c] < cells_[c].most) search.value(moved({}, c), missing);
      if (solution_[c] > 0) search.value(moved(c, {}), missing);
    }
    book_.add(std::move(missing));
  }

  /// Those whose values are known; cells that touch each other were tried where they promised something.
  void tell_swaps(RunValues const& here, MixReport& report) const {
    for (std::size_t from = 0; from < solution_.size(); ++from) {
      if (solution_[from] == 0) continue;
      for (std::size_t to = 0; to < solution_.size(); ++to) {
        if (to == from || solution_[to] >= problem_.cells[to].most) continue;
        MixLevels const levels = moved(from, to);
        if (problem_.price_of(levels) > problem_.budget * (1 + 1e-9) || !is_fair(problem_, levels)) continue;
        auto const values = book_.values(levels);
        if (!values) continue;
        MixGain const gain = gain_of(*values, here, draws_, replicates_);
        if (std::abs(gain.mean) <= normal_975 * gain.mc_se) report.swaps.push_back({from, to, gain});
      }
    }
    std::ranges::stable_sort(report.swaps, std::ranges::greater{}, [](MixSwap const& one) { return one.gain.mean; });
  }

  MixProblem const& problem_;
  std::vector<MixCell> const& cells_;
  MixBook& book_;
  MixLevels solution_;
  std::size_t draws_{1}, replicates_{1};
};

class Optimiser {
 public:
  Optimiser(MixDesign const& design, std::vector<MixCell> const& cells, MixWorld const& world,
            MixOptions const& options, bool is_separable)
      : design_{design},
        cells_{cells},
        options_{options},
        seed_{world.scenario.seed},
        blocks_{blocks_of(cells, is_separable)},
        problem_{problem_of(design, cells, blocks_)},
        worlds_{design, cells, blocks_, problem_.blocks, world, options},
        book_{problem_, cells, worlds_, design.simulations} {
    report_.is_separable = is_separable;
    report_.draws = worlds_.draws();
    report_.replicates = worlds_.replicates();
  }

  /// Nothing where regions that were taken apart do touch each other.
  std::optional<MixReport> run() {
    std::size_t const runs = report_.draws * report_.replicates;
    std::vector<MixSearch> mean;
    mean.emplace_back(problem_, book_.memo(), std::vector<double>(runs, 1 / static_cast<double>(runs)));
    std::size_t cut = 0;
    solution_ = solve_all(mean, book_, cut, options_.stop).front();
    book_.require(solution_);  // where nothing can be bought the search has asked for nothing
    report_.is_cut = cut > 0;
    report_.cells = cells_;
    report_.numbers = numbers_of(cells_, solution_);
    report_.spent = problem_.price_of(solution_);
    report_.breaks_fairness = !is_fair(problem_, solution_);
    if (report_.breaks_fairness) return report_;
    if (problem_.blocks > 1 && !is_confirmed()) return std::nullopt;
    Neighbourhood{problem_, cells_, book_, solution_}.tell(report_);
    bool const has_nothing = std::ranges::all_of(solution_, [](std::uint32_t level) { return level == 0; });
    report_.is_nothing_for_fairness = has_nothing && report_.fairness_keeps_money;
    resample();
    compare();
    report_.simulations = worlds_.simulations();
    return report_;
  }

 private:
  /// The whole mix, simulated once more, has what its regions have by themselves.
  bool is_confirmed() {
    auto const whole = worlds_.outcomes(report_.numbers);
    RunValues const sum = *book_.values(solution_);
    RunValues const all = total_of(whole);
    for (std::size_t run = 0; run < sum.size(); ++run)
      if (std::abs(sum[run] + book_.rest()[run] - all[run]) > 1e-7 * std::max(1.0, std::abs(all[run]))) return false;
    return true;
  }

  void resample() {
    std::vector<MixSearch> searches;
    for (auto& weights : resampled_weights(report_.draws, report_.replicates, seed_))
      searches.emplace_back(problem_, book_.memo(), std::move(weights));
    auto const solutions = solve_all(searches, book_, report_.cut_short, options_.stop);
    report_.resamples = solutions.size();
    tell_certain(cells_, solution_, solutions, design_.certain, report_);
    std::vector<double> spent;
    for (MixLevels const& one : solutions) spent.push_back(problem_.price_of(one));
    std::ranges::sort(spent);
    report_.may_save = spent[quantile_at(0.025, spent.size())] < report_.spent * (1 - 1e-9);
  }

  /// With other luck: what a search finds is flattered by the luck that it was found with.
  void compare() {
    MixLevels const even = even_split(problem_, even_shares(design_, cells_));
    report_.even = numbers_of(cells_, even);
    report_.even_is_fair = is_fair(problem_, even);
    std::uint32_t const other = seed_ ^ 0x6d69781U;
    RunValues const none = total_of(worlds_.outcomes(MixNumbers(cells_.size(), 0), other));
    RunValues const best = total_of(worlds_.outcomes(report_.numbers, other));
    RunValues const split = total_of(worlds_.outcomes(report_.even, other));
    report_.over_none = gain_of(best, none, report_.draws, report_.replicates);
    report_.even_over_none = gain_of(split, none, report_.draws, report_.replicates);
    report_.over_even = gain_of(best, split, report_.draws, report_.replicates);
  }

  MixDesign const& design_;
  std::vector<MixCell> const& cells_;
  MixOptions const& options_;
  std::uint32_t seed_;
  std::vector<std::size_t> blocks_;
  MixProblem problem_;
  MixWorlds worlds_;
  MixBook book_;
  MixLevels solution_;
  MixReport report_;
};

}  // namespace

MixReport optimise_mix(MixDesign const& design, std::vector<MixCell> const& cells, MixWorld const& world,
                       MixOptions const& options) {
  UTVEI_EXPECT(design.budget && design.outcome && !cells.empty());
  if (are_separable(design, cells, world))
    if (auto report = Optimiser{design, cells, world, options, true}.run()) return *std::move(report);
  return *Optimiser{design, cells, world, options, false}.run();
}

}  // namespace utvei
