// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/register/exposure.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Deviance of held-out counts from their predictions after these are scaled to the total of the counts: what changed
/// everywhere alike is no mistake of a region's prediction. 0 if nothing was counted.
double scaled_deviance(std::vector<double> const& events, std::vector<double> expected);

/// A rate of 0 predicts as this one does, an event in a million person-months: the deviance of an event that was held
/// to be impossible is infinite.
inline constexpr double least_predicted_rate = 12e-6;  // per year

/// Part `fold` of `folds` of the events, and the rest. Each event falls into a part by a random number that is keyed by
/// transition, cell and number of the event; person-time is divided in proportion. If the counts are Poisson, so are
/// the parts, and they are independent given the rates (Neufeld, Dharamshi, Gao & Witten 2024, JMLR 25(57): thinning).
struct Split {
  Exposure rest;
  Exposure part;
};
Split thin(Exposure const& exposure, Model const& model, std::uint32_t fold, std::uint32_t folds);

/// The same without its axis of regions.
Exposure summed_over_regions(Exposure const& exposure);

/// Scores how well three ways to treat regions predict held-out events of each region, by deviance. `later`: another
/// time, in the same cells; without it parts of the events, of `thinning_folds`, are each predicted from the rest,
/// until there are enough predictions. `fitted`: the fit to `exposure`. nullopt where rates are not by region.
std::optional<HoldOut> score_hold_out(Exposure const& exposure, std::optional<Exposure> const& later, Fit const& fitted,
                                      Model const& model, EstimateOptions const& options, std::size_t threads = 1);
inline constexpr std::uint32_t thinning_folds = 5;

}  // namespace utvei
