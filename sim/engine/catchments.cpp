// SPDX-License-Identifier: Apache-2.0
#include "catchments.hpp"

#include "groups.hpp"

#include <algorithm>
#include <numeric>

namespace utvei {
namespace {

/// Whether who gets a place at a desk hangs on who else asks there.
bool makes_wait(MeasurePlan const& measure, DeskPlan const& desk) {
  QueueRule const& queue = measure.what.queue;
  return !desk.pools.empty() || queue.at_most || queue.group_size > 1;
}

bool may_ask_in(MeasurePlan const& measure, RegionId region) {
  return measure.regions.empty() || measure.regions[region.value()];
}

}  // namespace

Catchments::Catchments(RunPlan const& plan, Population const& people, std::size_t regions) {
  std::size_t desks = 0;
  for (MeasurePlan const& measure : plan.measures) {
    bool const waits =
        std::ranges::any_of(measure.desks, [&](DeskPlan const& desk) { return makes_wait(measure, desk); });
    QueueRule const& queue = measure.what.queue;
    if (waits) serve_at_dates_ = serve_at_dates_ && queue.allocate_every && !queue.at_most;
    if (waits) count_ = 1;
    desks += measure.desks.size();
  }
  bool const is_one = people.region.empty() || (plan.turns && plan.turns->move_people());
  if (are_none() || is_one) {
    everybodys_ = are_none() ? none : 0;
    return;
  }

  std::size_t const first_pool = regions + desks;
  Groups groups{first_pool + plan.pools.size()};
  std::vector<bool> waits(regions);
  std::size_t first_desk = regions;
  for (MeasurePlan const& measure : plan.measures) {
    for (std::size_t d = 0; d < measure.desks.size(); ++d)
      for (std::size_t const pool : measure.desks[d].pools) groups.join(first_desk + d, first_pool + pool);
    for (std::size_t r = 0; measure.has_queue && r < regions; ++r) {
      std::uint32_t const desk = measure.desk_of(RegionId{r});
      if (desk == no_desk || !may_ask_in(measure, RegionId{r}) || !makes_wait(measure, measure.desks[desk])) continue;
      groups.join(r, first_desk + desk);
      waits[r] = true;
    }
    first_desk += measure.desks.size();
  }

  of_region_.assign(regions, none);
  std::vector<std::uint32_t> numbers(regions, none);
  count_ = 0;
  for (std::size_t r = 0; r < regions; ++r) {
    if (!waits[r]) continue;
    std::uint32_t& number = numbers[groups.of(r)];  // the first of a group is a region
    if (number == none) number = static_cast<std::uint32_t>(count_++);
    of_region_[r] = number;
  }
  std::vector<std::size_t> order(regions);
  std::iota(order.begin(), order.end(), std::size_t{0});
  // A catchment stands where its first region does, so that regions keep their order where they can.
  std::ranges::stable_sort(order, {}, [&](std::size_t r) { return waits[r] ? groups.of(r) : r; });
  places_.resize(regions);
  for (std::size_t place = 0; place < regions; ++place) places_[order[place]] = static_cast<std::uint32_t>(place);
}

}  // namespace utvei
