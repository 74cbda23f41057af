// SPDX-License-Identifier: Apache-2.0
// How the work on a unit ends, whoever does it.
#pragma once

#include <utvei/batch/batch_plan.hpp>
#include <utvei/output/unit_store.hpp>

#include <exception>
#include <string>

namespace utvei {

/// Puts what was counted into the store; of a register, readable by its owner alone. Throws InputError (data) where it
/// cannot be written.
void save_unit(UnitStore const& store, BatchPlan const& plan, BatchUnit const& unit, PartedRun const& run,
               PartTallies& tallies);

/// Why a unit failed, for people.
std::string why_it_failed(std::exception const& error);

}  // namespace utvei
