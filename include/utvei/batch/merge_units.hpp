// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_plan.hpp>
#include <utvei/output/unit_store.hpp>
#include <utvei/run/run_scenario.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

struct MergedVariant {
  std::vector<std::size_t> bad_units;  ///< that are missing or damaged; then there is no result
  ScenarioRun run;
};

/// Adds the units of a scenario in their order, and simulates its income where it has one: the result that a run of the
/// scenario gives.
MergedVariant merge_units(BatchPlan const& plan, std::size_t variant, VariantShelf& shelf, UnitStore const& store,
                          RunOptions const& options);

}  // namespace utvei
