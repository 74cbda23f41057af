// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/inputs.hpp>
#include <utvei/scenario/scenario.hpp>

#include <vector>

namespace utvei {

/// Of each transition whose rates are uncertain, the mean rate over people of the scenario, by draw. It stands for all
/// rates of the transition, so what it tells of an outcome is no more than what these tell.
std::vector<UncertainInput> rate_levels(Scenario const& scenario, Rates const& rates, Population const& people);

/// Of each limit whose shares are estimated, the mean share of each destination, by draw.
std::vector<UncertainInput> limit_levels(Scenario const& scenario, Rates const& rates, Population const& people);

}  // namespace utvei
