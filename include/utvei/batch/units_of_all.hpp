// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_plan.hpp>
#include <utvei/batch/crew.hpp>
#include <utvei/batch/run_units.hpp>
#include <utvei/output/unit_store.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// Whether all members of a crew follow the people of a unit together, each some of them: there are more than
/// `people_per_unit`, who cannot be divided because they wait for each other, and places are given at dates alone
/// (`allocate: {every: …}`). At each date the members tell each other who asks and what becomes free, and each knows
/// who is next.
[[nodiscard]] bool is_of_all(BatchPlan const& plan, std::size_t unit);

/// Takes the units of all members out of the bundles; those left are for one member each.
std::vector<std::size_t> take_units_of_all(BatchPlan const& plan, std::vector<UnitBundle>& bundles);

/// Simulates units that are not in the store, one after the other by all members, with the bytes that one process
/// gives; the first puts them there. Called by all at the same time. What cannot be done by one member is done by none:
/// it is noted, and stops no other. Counts and failures are those of the first, and nothing for the others; `tell` is
/// called there after each. Throws Interrupted, at all, when somebody wants it to stop.
UnitsRun run_units_of_all(BatchPlan const& plan, std::vector<std::size_t> const& units, VariantShelf& shelf,
                          UnitStore const& store, Crew& crew, RunUnitsOptions const& options);

}  // namespace utvei
