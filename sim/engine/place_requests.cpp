// SPDX-License-Identifier: Apache-2.0
#include "place_requests.hpp"

#include <algorithm>
#include <memory>
#include <tuple>

namespace utvei {

namespace {

constexpr std::size_t people_per_block = 4096;

/// Whether somebody may ever ask, by what does not change: where they live and how old they are while a measure runs.
class Askers {
 public:
  Askers(RunPlan const& plan, Population const& people) : plan_{plan}, people_{people} {
    auto const is_move = [](Turn const& turn) { return turn.cause == Cause::move; };
    regions_change_ = plan.turns && std::ranges::any_of(plan.turns->turns, is_move);
  }
  [[nodiscard]] bool may_ask(PersonRow row) const {
    return std::ranges::any_of(plan_.measures, [&](MeasurePlan const& measure) {
      return measure.has_queue && lives_there(measure, row) && has_the_age(measure, row);
    });
  }

 private:
  [[nodiscard]] bool lives_there(MeasurePlan const& measure, PersonRow row) const {
    if (regions_change_ || people_.region.empty()) return true;
    RegionId const region = people_.region[row];
    return (measure.regions.empty() || measure.regions[region.value()]) && measure.desk_of(region) != no_desk;
  }
  [[nodiscard]] bool has_the_age(MeasurePlan const& measure, PersonRow row) const {
    Span const age = measure.what.who.people.age;
    if (age == everything) return true;
    std::int64_t const born = people_.birth[row].minutes;
    std::int64_t const enters = people_.enters.empty() ? plan_.start.minutes : people_.enters[row].minutes;
    std::int64_t const first = std::max(enters, measure.what.intake().from);
    std::int64_t const last = std::min(plan_.end.minutes, measure.what.intake().to);
    return last > first && age.from < last - born && first - born < age.to;
  }
  RunPlan const& plan_;
  Population const& people_;
  bool regions_change_{false};
};

}  // namespace

std::vector<ServiceRecord> const& follow_to_end(RunPlan const& plan, Life& life) {
  while (life.is_open()) life.apply(next_event(plan, life));
  return life.participation.records();
}

Instant end_of(std::vector<ServiceRecord> const& records, std::size_t place) {
  std::size_t const next = next_of_measure(records, place);
  return next < records.size() ? records[next].time : distant_future;
}

std::vector<PlaceRequest> first_requests(RunPlan const& plan, Desks const& desks, Population const& people,
                                         std::span<PersonRow const> rows, RandomKey const& key, std::size_t threads,
                                         StopFlag const* stop) {
  struct Follower {
    explicit Follower(RunPlan const& of) : life{of} {}
    Life life;
    std::vector<PlaceRequest> requests;
  };
  Askers const askers{plan, people};
  std::vector<std::unique_ptr<Follower>> followers(thread_count(threads));
  parallel_for_blocks(rows.size(), people_per_block, followers.size(), stop, [&](Block const& block) {
    auto& follower = followers[block.thread];
    if (!follower) follower = std::make_unique<Follower>(plan);
    for (PersonRow const row : rows.subspan(block.first, block.last - block.first)) {
      if (!askers.may_ask(row)) continue;
      follower->life.begin(people, row, key);
      follow_to_end(plan, follower->life);
      for_each_request(plan, desks, follower->life, 0,
                       [&](PlaceRequest const& request) { follower->requests.push_back(request); });
    }
  });
  std::vector<PlaceRequest> all;
  for (auto& follower : followers) {
    if (!follower) continue;
    all.insert(all.end(), follower->requests.begin(), follower->requests.end());
    follower.reset();
  }
  std::ranges::sort(all, {}, [](PlaceRequest const& request) {
    return std::tuple{request.waiter.asked, request.desk, request.waiter.person};
  });
  return all;
}

}  // namespace utvei
