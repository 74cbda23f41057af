// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_plan.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace utvei {

/// What the units of a bundle are simulated by, beside the baseline.
struct BundleRuns {
  std::vector<std::shared_ptr<LoadedVariant>> variants;  ///< the baseline first; they keep the runs
  std::vector<PartedRun*> runs;                          ///< of these variants
  std::vector<std::size_t> run_of_unit;                  ///< by unit of the bundle
};

/// None if they do not fit together: each is simulated alone then.
std::optional<BundleRuns> runs_of(BatchPlan const& plan, UnitBundle const& bundle, VariantShelf& shelf);

}  // namespace utvei
