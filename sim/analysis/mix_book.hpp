// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mix_worlds.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace utvei {

MixNumbers numbers_of(std::vector<MixCell> const& cells, MixLevels const& levels);

/// Simulates what a search asks for, a block of each region at a time, and remembers it.
class MixBook {
 public:
  /// `most`: simulations.
  MixBook(MixProblem const& problem, std::vector<MixCell> const& cells, MixWorlds& worlds, std::size_t most)
      : problem_{problem}, cells_{cells}, worlds_{worlds}, memo_{problem.blocks}, most_{most} {}

  [[nodiscard]] MixMemo const& memo() const { return memo_; }
  [[nodiscard]] bool is_full() const { return worlds_.simulations() >= most_; }
  /// Of regions outside all blocks, in the first mix.
  [[nodiscard]] RunValues const& rest() const { return rest_; }
  void add(std::set<WantedValue> wanted);
  /// This mix is known afterwards, however few simulations are left.
  void require(MixLevels const& levels);
  /// Of each run; nothing where a block is not known.
  [[nodiscard]] std::optional<RunValues> values(MixLevels const& levels) const;

 private:
  void simulate(MixLevels const& levels);
  void set(std::size_t block, MixLevels const& part, MixLevels& levels) const;
  [[nodiscard]] MixLevels part_of(std::size_t block, MixLevels const& levels) const;
  MixProblem const& problem_;
  std::vector<MixCell> const& cells_;
  MixWorlds& worlds_;
  MixMemo memo_;
  std::size_t most_;
  RunValues rest_;
};

/// Searches until nothing is missing, or the simulations are used up: then with what is known, which `cut_short`
/// counts.
std::vector<MixLevels> solve_all(std::vector<MixSearch>& searches, MixBook& book, std::size_t& cut_short,
                                 StopFlag const* stop);

/// Weights of the runs that a solution may as well have been found with. What luck leaves open: the replicates drawn
/// anew, with replacement; what parameters do: one draw after another, each with the luck that its replicates leave.
std::vector<std::vector<double>> resampled_weights(std::size_t draws, std::size_t replicates, std::uint32_t seed);

/// `after` - `before`, run by run.
MixGain gain_of(RunValues const& after, RunValues const& before, std::size_t draws, std::size_t replicates);

}  // namespace utvei
