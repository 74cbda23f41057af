// SPDX-License-Identifier: Apache-2.0
#include "region_services.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

MeasureOffer offer_in(RegionId region, Scenario const& scenario) {
  Regions const& regions = scenario.model.regions;
  MeasureOffer offer;
  for (Measure const& measure : scenario.measures) {
    auto const& named = measure.who.people.regions;
    offer.push_back(named.empty() ||
                    std::ranges::any_of(named, [&](RegionId each) { return regions.is_within(region, each); }));
  }
  return offer;
}

RegionId region_of(PersonRow row, Population const& people) {
  return people.region.empty() ? RegionId{} : people.region[row];
}

std::vector<RegionSide> sides_of(std::vector<RegionPair> const& pairs) {
  std::vector<RegionSide> sides;
  for (RegionPair const& pair : pairs) {
    sides.push_back(pair.region);
    sides.push_back(pair.reference);
  }
  return sides;
}

/// Measures that somebody of the sides is offered.
std::vector<Measure const*> measures_of(std::vector<RegionPair> const& pairs) {
  Scenario const& scenario = pairs.front().region.world.scenario;
  auto const offers = offers_of_sides(sides_of(pairs));
  std::vector<Measure const*> measures;
  for (std::size_t m = 0; m < scenario.measures.size(); ++m)
    if (std::ranges::any_of(offers, [&](MeasureOffer const& offer) { return offer[m]; }))
      measures.push_back(&scenario.measures[m]);
  return measures;
}

/// An effect from a trial is known as well as the trial, whatever else is assumed of it.
RegionService::Doubt doubt_about(Measure const& measure) {
  using enum RegionService::Doubt;
  if (!measure.evidence) return no_evidence;
  bool has_interval = !measure.locks_in || measure.locks_in->ratio.log_sd.has_value();
  for (MeasureEffect const& effect : measure.effects) {
    if (effect.trial) continue;
    if (effect.is_assumed) return assumed_effect;
    has_interval = has_interval && effect.ratio.log_sd.has_value();
  }
  return has_interval ? none : no_interval;
}

bool couples_people(Measure const& measure) {
  return measure.places || !measure.uses.empty() || measure.queue.allocate_every;
}

void check_exchangeable(std::vector<Measure const*> const& measures, Diagnostics& diagnostics) {
  auto const need = std::ranges::find_if(measures, [](Measure const* each) { return each->need.has_value(); });
  if (need != measures.end())
    diagnostics.error((*need)->place, "regions are compared without needs",
                      "people bring their needs along: help with them is no service that a region offers or does not",
                      "leave them out: --set needs=null --set coordination=null");
  for (Measure const* measure : measures) {
    if (measure->need || !couples_people(*measure)) continue;
    diagnostics.error(
        measure->place, fmt::format("people wait for each other in `{}`", measure->name),
        "who gets a place hangs on all who want one, so that such a measure is no factor that is exchanged by itself",
        fmt::format("ask what it would do with places for all: --set measures.{}.places=null, without `queue`, `uses` "
                    "and `allocate`; or leave measures out: --set measures=null",
                    measure->name));
  }
}

}  // namespace

std::vector<MeasureOffer> offers_of_sides(std::vector<RegionSide> const& sides) {
  Scenario const& scenario = sides.front().world.scenario;
  if (scenario.measures.empty()) return {MeasureOffer{}};
  std::set<RegionId> regions;
  for (RegionSide const& side : sides)
    for (PersonRow const row : rows_of_side(side)) regions.insert(region_of(row, side.world.people));
  std::set<MeasureOffer> offers;
  for (RegionId const region : regions) offers.insert(offer_in(region, scenario));
  return {offers.begin(), offers.end()};
}

OfferShares::OfferShares(RegionSide const& side, std::vector<PersonRow> const& rows,
                         std::vector<MeasureOffer> const& offers)
    : of_all_(offers.size(), 1) {
  if (offers.size() == 1) return;
  std::ranges::fill(of_all_, 0);
  std::map<RegionId, std::size_t> places;
  for (PersonRow const row : rows) {
    RegionId const region = region_of(row, side.world.people);
    if (!places.contains(region))
      places[region] =
          static_cast<std::size_t>(std::ranges::find(offers, offer_in(region, side.world.scenario)) - offers.begin());
    std::size_t const place = places[region];
    auto& of_levels = of_levels_[levels_of_person(side.world.people, row)];
    of_levels.resize(offers.size());
    of_levels[place] += 1;
    of_all_[place] += 1;
  }
  auto const scale = [](std::vector<double>& counts) {
    double sum = 0;
    for (double const count : counts) sum += count;
    for (double& count : counts) count /= sum;
  };
  scale(of_all_);
  for (auto& [levels, counts] : of_levels_) scale(counts);
}

std::vector<double> const& OfferShares::of(TraitLevels const& levels) const {
  auto const found = of_levels_.find(levels);
  return found == of_levels_.end() ? of_all_ : found->second;
}

void make_offer(MeasureOffer const& offer, Regions const& regions, RunPlan& plan) {
  for (std::size_t m = 0; m < offer.size(); ++m) {
    plan.measures[m].regions.clear();
    // Others stay in their places, for measures name each other by these.
    if (!offer[m]) plan.measures[m].regions.assign(regions.size(), false);
  }
}

void expect_exchangeable_measures(std::vector<RegionPair> const& pairs) {
  Diagnostics diagnostics;
  RegionPair const& first = pairs.front();
  if (&first.region.world.scenario != &first.reference.world.scenario) {
    for (RegionSide const* side : {&first.region, &first.reference}) {
      auto const& measures = side->world.scenario.measures;
      if (!measures.empty())
        diagnostics.error(measures.front().place, "two years are compared without measures",
                          "the rates of a year that has been hold the services that there were then",
                          "leave `measures` out: --set measures=null");
    }
  } else {
    check_exchangeable(measures_of(pairs), diagnostics);
  }
  throw_if_errors(diagnostics);
}

std::vector<RegionService> services_of(std::vector<RegionPair> const& pairs) {
  std::vector<RegionService> services;
  for (Measure const* measure : measures_of(pairs))
    services.push_back({measure->name, measure->label, doubt_about(*measure)});
  return services;
}

bool RegionsReport::identifies_services() const {
  auto const is_known = [](RegionService const& each) { return each.doubt == RegionService::Doubt::none; };
  return !services.empty() && std::ranges::all_of(services, is_known);
}

}  // namespace utvei
