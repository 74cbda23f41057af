// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/mix.hpp>
#include <utvei/run/prepare.hpp>

#include <string>
#include <vector>

namespace utvei {

/// A mix with the scenario that it is of. Use it only without errors.
struct PreparedMix {
  MixDesign design;
  std::vector<std::unique_ptr<Prepared>> scenario;  ///< one
  std::vector<MixCell> cells;
  [[nodiscard]] Prepared const& prepared() const { return *scenario.front(); }
  [[nodiscard]] MixWorld world() const;
};
PreparedMix prepare_mix(std::string const& path, std::vector<Override> const& overrides, std::size_t threads,
                        Diagnostics& diagnostics);

}  // namespace utvei
