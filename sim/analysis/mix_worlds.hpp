// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mix_search.hpp"

#include <utvei/analysis/mix.hpp>
#include <utvei/results/result.hpp>

#include <optional>
#include <vector>

namespace utvei {

/// The scenario with so many places, and with nothing counted but what a mix is judged by. `draws` and `replicates` are
/// those of the design.
Scenario scenario_of_mix(MixDesign const& design, std::vector<MixCell> const& cells, MixNumbers const& numbers,
                         Scenario const& scenario);

/// Whether what happens in the region of one cell cannot touch that of another.
bool are_separable(MixDesign const& design, std::vector<MixCell> const& cells, MixWorld const& world);

/// The outcome of mixes, each with the same luck: in every run (a draw of the parameters and a replicate) a number,
/// for each block of regions.
class MixWorlds {
 public:
  /// `blocks`: of cells; one more block has the people of all other regions.
  MixWorlds(MixDesign const& design, std::vector<MixCell> const& cells, std::vector<std::size_t> block_of_cell,
            std::size_t blocks, MixWorld const& world, MixOptions const& options);

  /// [block][run]; better is more. `seed`: of other luck.
  [[nodiscard]] std::vector<RunValues> outcomes(MixNumbers const& numbers, std::optional<std::uint32_t> seed = {});
  [[nodiscard]] std::size_t simulations() const { return simulations_; }
  [[nodiscard]] std::size_t draws() const { return draws_; }
  [[nodiscard]] std::size_t replicates() const { return design_.replicates; }

 private:
  [[nodiscard]] RunResult simulated(Scenario const& scenario);
  [[nodiscard]] std::vector<RunValues> person_years_of(RunResult const& result) const;
  [[nodiscard]] std::vector<RunValues> money_of(RunResult const& result, std::optional<std::uint32_t> seed);
  MixDesign const& design_;
  std::vector<MixCell> const& cells_;
  std::vector<std::size_t> block_of_cell_;
  std::size_t blocks_;
  MixWorld const& world_;
  MixOptions const& options_;
  std::size_t draws_;
  std::size_t simulations_{0};
  std::optional<RunResult> without_, without_of_other_luck_;  ///< places: what net benefits are differences from
};

}  // namespace utvei
