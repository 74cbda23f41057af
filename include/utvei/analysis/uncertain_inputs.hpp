// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/inputs.hpp>
#include <utvei/scenario/scenario.hpp>

#include <vector>

namespace utvei {

/// What the parameter draws of a run differ by: numbers of the scenario as they are drawn, and of the rates of each
/// transition, which may be thousands, the mean over the scenario's people (docs/methods/value_of_information.md).
/// Effects that are the same in every draw stand among them with one number. Empty without draws. A pure function of
/// what it is given: the same draws as those of the run.
std::vector<UncertainInput> uncertain_inputs(Scenario const& scenario, Rates const& rates, Population const& people);

}  // namespace utvei
