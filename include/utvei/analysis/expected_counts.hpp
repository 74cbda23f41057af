// SPDX-License-Identifier: Apache-2.0
// Counts of outcomes by region out of a register.
#pragma once

#include <utvei/analysis/expected_outcomes.hpp>
#include <utvei/estimation/expected_by_region.hpp>
#include <utvei/register/stock_by_cell.hpp>

#include <vector>

namespace utvei {

/// Events of the outcome's transitions.
OutcomeData count_events(OutcomeAsked const& outcome, ExpectedByRegion const& events, Model const& model);

/// Heads in the outcome's states. What is expected: of each cell of the axes beside region, the share of all regions
/// together. The first axis is region; moments rise, the last is `all`.
OutcomeData count_heads(OutcomeAsked const& outcome, std::vector<CellAxis> const& axes,
                        std::vector<HeadsByCell> const& heads, TimeScale const& time);

/// What people's composition is told by in a stock: region, the study's traits, and age. Time in the state is none: it
/// is an outcome itself.
std::vector<CellAxis> axes_of_stock(LifeCourses const& lives, Model const& model, EstimateOptions const& options);

}  // namespace utvei
