// SPDX-License-Identifier: Apache-2.0
#include "plan_pools.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace utvei {

std::int64_t PoolPlan::persons_at(Instant time) const {
  auto const after = std::ranges::upper_bound(steps, time, {}, &Step::from);
  return after == steps.begin() ? 0 : std::prev(after)->persons;
}

PoolPlanner::PoolPlanner(CompileContext const& context, Population const& people) : context_{context}, people_{people} {
  for (Resource const& resource : context.scenario.resources)
    resources_.push_back(add(resource.pools, resource.name, resource.caseload));
}

void PoolPlanner::add_desks(Measure const& measure, MeasurePlan& plan) {
  std::vector<Drawn> needed;
  if (measure.places) needed.push_back(add(*measure.places, measure.name, 1));
  for (std::size_t const resource : measure.uses) needed.push_back(resources_[resource]);
  auto const is_everywhere = [](Drawn const& drawn) { return drawn.of_region.empty(); };
  if (std::ranges::all_of(needed, is_everywhere)) {
    DeskPlan& desk = plan.desks.emplace_back();
    for (Drawn const& drawn : needed) desk.pools.push_back(*drawn.everywhere);
    return;
  }
  for (std::size_t r = 0; r < context_.model.regions.size(); ++r)
    plan.desk_of_region.push_back(desk_at(RegionId{r}, needed, plan));
}

std::int64_t PoolPlanner::residents(RegionId region) const {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < people_.size(); ++i) {
    PersonRow const row{i};
    bool const is_there = people_.enters.empty() || people_.enters[row] <= context_.scenario.start;
    if (is_there && context_.model.regions.is_within(people_.region[row], region)) ++count;
  }
  return count;
}

/// One of the run stands for `weight` people, and takes as many places.
PoolPlan PoolPlanner::pool_of(Pool const& pool, std::string const& name, double caseload) const {
  double const weight = context_.scenario.weight;
  double const each = caseload * (pool.per_1000 ? static_cast<double>(residents(*pool.region)) * weight / 1000 : 1);
  PoolPlan plan;
  plan.region = pool.region;
  for (PlacesFrom const& step : pool.steps) {
    double const wanted = step.places * each;
    std::int64_t const persons = std::llround(wanted / weight);
    if (wanted > 0 && persons == 0 && context_.draw == 0) {
      context_.diagnostics.warning(pool.place, fmt::format("{:g} places of `{}` are none here", wanted, name),
                                   fmt::format("one person of the run stands for {:g}, and takes as many", weight),
                                   "give the scenario a smaller `weight`, or pool the places of several regions");
    }
    plan.steps.push_back({step.from, persons});
  }
  return plan;
}

PoolPlanner::Drawn PoolPlanner::add(std::vector<Pool> const& pools, std::string const& name, double caseload) {
  std::size_t const first = pools_.size();
  for (Pool const& pool : pools) pools_.push_back(pool_of(pool, name, caseload));
  Drawn drawn;
  if (pools.size() == 1 && !pools.front().region) {
    drawn.everywhere = first;
    return drawn;
  }
  Regions const& regions = context_.model.regions;
  drawn.of_region.resize(regions.size());
  for (std::size_t r = 0; r < regions.size(); ++r)
    for (std::size_t p = first; p < pools_.size(); ++p)
      if (regions.is_within(RegionId{r}, *pools_[p].region)) drawn.of_region[r] = p;
  return drawn;
}

std::uint32_t PoolPlanner::desk_at(RegionId region, std::vector<Drawn> const& needed, MeasurePlan& plan) {
  DeskPlan desk;
  for (Drawn const& drawn : needed) {
    auto const pool = drawn.everywhere ? drawn.everywhere : drawn.of_region[region.value()];
    if (!pool) return no_desk;
    desk.pools.push_back(*pool);
  }
  auto const same = std::ranges::find(plan.desks, desk.pools, &DeskPlan::pools);
  if (same != plan.desks.end()) return static_cast<std::uint32_t>(same - plan.desks.begin());
  plan.desks.push_back(std::move(desk));
  return static_cast<std::uint32_t>(plan.desks.size() - 1);
}

}  // namespace utvei
