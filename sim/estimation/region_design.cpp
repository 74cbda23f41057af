// SPDX-License-Identifier: Apache-2.0
#include "region_design.hpp"

#include <map>

namespace utvei {

std::vector<std::pair<std::uint32_t, std::uint32_t>> edges_among(std::vector<RegionId> const& regions,
                                                                 EstimateOptions const& options) {
  std::map<RegionId, std::uint32_t> places;
  for (RegionId const region : regions) places.emplace(region, static_cast<std::uint32_t>(places.size()));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (auto const& [a, b] : options.neighbours) {
    if (places.contains(a) && places.contains(b)) edges.emplace_back(places.at(a), places.at(b));
  }
  return edges;
}

RegionEffects region_effects_of(CellAxis const& regions, Model const& model, EstimateOptions const& options,
                                ScaledGraph const& graph) {
  RegionEffects effects;
  if (options.region == RegionEffect::spatial) {
    effects.kind = RegionEffects::Kind::bym2;
    effects.neighbours = graph.covariance;
  }
  if (options.region != RegionEffect::nested) return effects;
  effects.kind = RegionEffects::Kind::nested;
  std::map<RegionId, std::uint32_t> numbers;
  for (RegionId const region : regions.regions) {
    RegionId const county = model.regions[region].parent.value_or(region);
    effects.county.push_back(numbers.emplace(county, static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  return effects;
}

}  // namespace utvei
