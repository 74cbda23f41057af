// SPDX-License-Identifier: Apache-2.0
// Measures as what regions differ in: who is offered which.
#pragma once

#include "region_people.hpp"

#include <utvei/analysis/regions.hpp>
#include <utvei/scenario/plan.hpp>

#include <map>
#include <vector>

namespace utvei {

/// By place among the measures of the scenario: whether people are offered it.
using MeasureOffer = std::vector<bool>;

/// The offers that people of the sides live under, each once.
std::vector<MeasureOffer> offers_of_sides(std::vector<RegionSide> const& sides);

/// How large a share of the people of a side with the same traits live under each of the offers.
class OfferShares {
 public:
  OfferShares(RegionSide const& side, std::vector<PersonRow> const& rows, std::vector<MeasureOffer> const& offers);
  /// Of people with levels that nobody of the side has, the shares of all.
  [[nodiscard]] std::vector<double> const& of(TraitLevels const& levels) const;

 private:
  std::map<TraitLevels, std::vector<double>> of_levels_;
  std::vector<double> of_all_;
};

/// Everybody of the plan is offered these measures, wherever they live, and no others.
void make_offer(MeasureOffer const& offer, Regions const& regions, RunPlan& plan);

/// Throws InputError, of all of them at once, where measures of the sides couple people, or are of two years.
void expect_exchangeable_measures(std::vector<RegionPair> const& pairs);

/// The measures that people of a side are offered.
std::vector<RegionService> services_of(std::vector<RegionPair> const& pairs);

}  // namespace utvei
