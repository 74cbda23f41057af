// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "regions.hpp"

#include <utvei/analysis/regions.hpp>
#include <utvei/run/prepare.hpp>

#include <memory>
#include <string>
#include <vector>

namespace utvei {

/// What a question about regions is asked of.
struct PreparedRegions {
  std::vector<std::unique_ptr<Prepared>> worlds;  ///< the scenario, then that of another year
  std::vector<RegionOutcome> outcomes;
  RegionFactors factors;
  struct Names {
    std::optional<RegionId> region, reference;
    std::string region_name, reference_name;
  };
  std::vector<Names> asked;

  [[nodiscard]] Scenario const& scenario() const { return worlds.front()->scenario; }
  [[nodiscard]] std::vector<RegionPair> pairs() const;
  [[nodiscard]] std::string data_class() const;
  [[nodiscard]] std::vector<std::string> files() const;
};

PreparedRegions prepare_regions(RegionsArguments const& arguments, std::size_t threads, Diagnostics& diagnostics);

}  // namespace utvei
