// SPDX-License-Identifier: Apache-2.0
#include "plan_pools.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

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

/// By RegionId: people there when the run starts, with those of the regions below.
std::vector<std::int64_t> const& PoolPlanner::residents() {
  if (!residents_.empty()) return residents_;
  Regions const& regions = context_.model.regions;
  std::vector<std::int64_t> there(regions.size());
  for (std::size_t i = 0; i < people_.size(); ++i) {
    PersonRow const row{i};
    if (people_.enters.empty() || people_.enters[row] <= context_.scenario.start) ++there[people_.region[row].value()];
  }
  residents_ = there;
  for (std::size_t r = 0; r < regions.size(); ++r)
    for (auto above = regions[RegionId{r}].parent; above; above = regions[*above].parent)
      residents_[above->value()] += there[r];
  return residents_;
}

/// One of the run stands for `weight` people, and takes as many places. What is lost by rounding in one pool the next
/// gets, so that there are as many in all.
std::vector<PoolPlan> PoolPlanner::rounded(std::vector<Pool> const& pools, std::string const& name, double caseload) {
  double const weight = context_.scenario.weight;
  std::vector<PoolPlan> plans;
  std::map<Instant, double> so_far;
  std::size_t without = 0;
  for (Pool const& pool : pools) {
    double const each =
        pool.per_1000 ? caseload * static_cast<double>(residents()[pool.region->value()]) / 1000 : caseload / weight;
    PoolPlan& plan = plans.emplace_back();
    plan.region = pool.region;
    bool has_none = false;
    for (PlacesFrom const& step : pool.steps) {
      double& sum = so_far[step.from];
      double const before = std::round(sum);
      sum += step.places * each;
      plan.steps.push_back({step.from, std::llround(std::round(sum) - before)});
      has_none = has_none || (step.places > 0 && plan.steps.back().persons == 0);
    }
    without += has_none ? 1U : 0U;
  }
  if (without > 0 && context_.draw == 0) {
    context_.diagnostics.warning(
        pools.front().place,
        fmt::format("the places of `{}` are none here in {} of {} pools", name, without, pools.size()),
        weight > 1 ? fmt::format("one person of the run stands for {:g}, and takes as many", weight)
                   : std::string{"they are less than half of one"},
        "give the scenario a smaller `weight`, or pool the places of several regions");
  }
  return plans;
}

PoolPlanner::Drawn PoolPlanner::add(std::vector<Pool> const& pools, std::string const& name, double caseload) {
  std::size_t const first = pools_.size();
  for (PoolPlan& pool : rounded(pools, name, caseload)) pools_.push_back(std::move(pool));
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
