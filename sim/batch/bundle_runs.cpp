// SPDX-License-Identifier: Apache-2.0
#include "bundle_runs.hpp"

namespace utvei {

std::optional<BundleRuns> runs_of(BatchPlan const& plan, UnitBundle const& bundle, VariantShelf& shelf) {
  BundleRuns found;
  found.variants.push_back(shelf.take(plan.variants[plan.baseline]));
  for (std::size_t const number : bundle) {
    std::size_t const v = plan.units[number].variant;
    found.run_of_unit.push_back(v == plan.baseline ? 0 : found.variants.size());
    if (v != plan.baseline) found.variants.push_back(shelf.take(plan.variants[v]));
  }
  for (auto const& variant : found.variants) {
    if (!variant->run->can_join(*found.variants.front()->run)) return std::nullopt;
    found.runs.push_back(variant->run.get());
  }
  return found;
}

}  // namespace utvei
