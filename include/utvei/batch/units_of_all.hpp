// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_plan.hpp>
#include <utvei/batch/crew.hpp>
#include <utvei/batch/run_units.hpp>
#include <utvei/output/unit_store.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// Whether all members of a crew may follow the people of a unit together, each some of them: there are more than
/// `people_per_unit`, who cannot be divided because they wait for each other, and places are given at dates alone
/// (`allocate: {every: …}`). At each date the members tell each other who asks and what becomes free, and each knows
/// who is next.
[[nodiscard]] bool may_be_of_all(BatchPlan const& plan, std::size_t unit);

struct UnitsOfAll {
  UnitsRun ran;                       ///< how many units there were; what became of them at the first member alone
  std::vector<UnitBundle> left_over;  ///< what is for one member each
};

/// Simulates what would leave members idle: of the units that may be of all, as many as are left over when each member
/// has done as many alone as the others; one after the other by all members, with the bytes that one process gives. The
/// first puts them into the store. Units that are there, or that another process works on, are left over. Called by all
/// at the same time. What cannot be done by one member is done by none: it is noted, and stops no other; but who cannot
/// even hear the others throws, and must end them. `tell` is called at the first, several times a second. Throws
/// Interrupted, at all, when somebody wants it to stop.
UnitsOfAll run_units_of_all(BatchPlan const& plan, std::vector<UnitBundle> bundles, VariantShelf& shelf,
                            UnitStore const& store, Crew& crew, RunUnitsOptions const& options);

}  // namespace utvei
