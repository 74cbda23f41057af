// SPDX-License-Identifier: Apache-2.0
// Ranking by marginal benefit, with swaps, over values that are asked for as they are needed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace utvei {

/// Steps above the floor, by cell (or by cell of a block).
using MixLevels = std::vector<std::uint32_t>;
/// A number for each run.
using RunValues = std::vector<double>;

/// What a mix may be.
struct MixProblem {
  struct Cell {
    std::uint32_t most{0};   ///< steps
    double step_price{1};    ///< of one step
    double floor_price{0};   ///< of what is there at no step
    double floor_places{0};  ///< likewise
    double step_places{1};
    std::size_t block{0};                 ///< cells of different blocks do not touch each other
    std::optional<std::size_t> region{};  ///< whose places per resident are compared; none: no region's
  };
  std::vector<Cell> cells;
  std::size_t blocks{1};
  double budget{0};
  std::vector<double> residents;  ///< by region
  std::optional<double> largest_ratio;

  [[nodiscard]] std::vector<std::size_t> cells_of(std::size_t block) const;
  [[nodiscard]] double price_of(MixLevels const& levels) const;
};

/// One block at some levels, whose value nobody knows yet.
struct WantedValue {
  std::size_t block{0};
  MixLevels levels;  ///< of the cells of the block
  friend auto operator<=>(WantedValue const&, WantedValue const&) = default;
};

/// What is known: values of blocks, simulated once.
class MixMemo {
 public:
  explicit MixMemo(std::size_t blocks) : by_levels_(blocks) {}
  void put(std::size_t block, MixLevels levels, RunValues values);
  [[nodiscard]] std::optional<std::size_t> find(std::size_t block, MixLevels const& levels) const;
  [[nodiscard]] RunValues const& values(std::size_t number) const { return values_[number]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  std::vector<std::map<MixLevels, std::size_t>> by_levels_;
  std::vector<RunValues> values_;
};

/// Looks for the best mix, the runs counting with these weights.
class MixSearch {
 public:
  MixSearch(MixProblem const& problem, MixMemo const& memo, std::vector<double> run_weights);
  /// Nothing where values are missing, which are then in `missing`. `limited`: what is not known is left out.
  std::optional<MixLevels> best(std::set<WantedValue>& missing, bool limited = false);
  /// The weighted mean; what is not known is asked for.
  std::optional<double> value(MixLevels const& levels, std::set<WantedValue>& missing);

 private:
  /// Of places in each region.
  struct Bounds {
    std::vector<double> least, most;
  };
  std::optional<double> value_of(std::size_t block, MixLevels const& levels);
  std::optional<double> gain(MixLevels const& from, MixLevels const& to);
  [[nodiscard]] MixLevels part_of(std::size_t block, MixLevels const& levels) const;
  [[nodiscard]] std::vector<Bounds> bounds() const;
  [[nodiscard]] std::set<double> sums_in(std::size_t region) const;
  [[nodiscard]] bool can_reach(std::size_t region, MixLevels const& levels, Bounds const& bounds) const;
  [[nodiscard]] bool may_add(MixLevels const& levels, std::size_t cell, double spent, Bounds const& bounds) const;
  [[nodiscard]] double places_in(std::size_t region, MixLevels const& levels) const;
  [[nodiscard]] bool holds(MixLevels const& levels, Bounds const& bounds) const;
  /// False: within the bounds there is no mix.
  bool fill(MixLevels& levels, Bounds const& bounds);
  /// Of a cell at a level, that so much pays for.
  [[nodiscard]] std::uint32_t steps_for(double money, std::uint32_t level, std::size_t cell) const;
  bool swap(MixLevels& levels, Bounds const& bounds);
  std::optional<MixLevels> best_within(Bounds const& bounds);

  MixProblem const& problem_;
  MixMemo const& memo_;
  std::vector<double> weights_;
  std::vector<std::vector<std::size_t>> cells_of_block_;
  std::vector<std::optional<double>> means_;  ///< by number in the memo
  std::set<WantedValue>* missing_{nullptr};
  bool limited_{false};
};

/// The next levels of a block that its own ranking will ask for; nothing when it knows them all.
std::optional<MixLevels> next_of_block(MixProblem const& problem, MixMemo const& memo, std::size_t block);

/// As much of the budget for each choice of cells, and of that for each region by its residents (`shares`: by cell,
/// summing to 1), as steps allow.
MixLevels even_split(MixProblem const& problem, std::vector<double> const& shares);

}  // namespace utvei
