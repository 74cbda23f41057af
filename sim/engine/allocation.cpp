// SPDX-License-Identifier: Apache-2.0
#include "allocation.hpp"

#include "life.hpp"
#include "service_desk.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <memory>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace utvei {

namespace {

using Kind = ServiceRecord::Kind;

constexpr std::size_t people_per_block = 4096;

std::vector<ServiceRecord> const& follow(RunPlan const& plan, Life& life) {
  while (life.is_open()) life.apply(next_event(plan, life));
  return life.participation.records();
}

/// Somebody asks for a place of a desk.
struct PlaceRequest {
  std::uint32_t desk{0};
  Waiter waiter;
};

/// Desks are the pools of the measures that have a queue, in the order of the measures.
class DeskNumbers {
 public:
  explicit DeskNumbers(RunPlan const& plan) : plan_{plan} {
    for (MeasurePlan const& measure : plan.measures) {
      first_.push_back(measures_.size());
      auto const m = static_cast<std::uint32_t>(first_.size() - 1);
      if (measure.has_queue) measures_.insert(measures_.end(), measure.pools.size(), m);
    }
  }
  [[nodiscard]] std::size_t size() const { return measures_.size(); }
  [[nodiscard]] std::uint32_t measure_of(std::size_t desk) const { return measures_[desk]; }
  [[nodiscard]] PoolPlan const& pool_of(std::size_t desk) const {
    std::uint32_t const m = measures_[desk];
    return plan_.measures[m].pools[desk - first_[m]];
  }
  [[nodiscard]] std::uint32_t desk_of(ServiceRecord const& record) const {
    return static_cast<std::uint32_t>(first_[record.measure]) + plan_.measures[record.measure].pool_of(record.region);
  }

 private:
  RunPlan const& plan_;
  std::vector<std::size_t> first_;       ///< by measure: its first desk
  std::vector<std::uint32_t> measures_;  ///< by desk
};

/// When a request or a participation that a record begins is over; beyond the run if the records do not say.
Instant end_of(std::vector<ServiceRecord> const& records, std::size_t place) {
  for (std::size_t i = place + 1; i < records.size(); ++i)
    if (records[i].measure == records[place].measure) return records[i].time;
  return distant_future;
}

/// What a life asks for that is followed for the n-th time.
template <class Use>
void for_each_request(RunPlan const& plan, DeskNumbers const& desks, Life const& life, std::uint32_t version,
                      Use const& use) {
  auto const& records = life.participation.records();
  for (std::size_t i = 0; i < records.size(); ++i) {
    ServiceRecord const& record = records[i];
    if (record.kind != Kind::asked || !plan.measures[record.measure].has_queue) continue;
    use(PlaceRequest{desks.desk_of(record),
                     {record.rank, record.time, life.person, life.row, version, end_of(records, i)}});
  }
}

bool has_queue(RunPlan const& plan) {
  return std::ranges::any_of(plan.measures, &MeasurePlan::has_queue);
}

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
    return (measure.regions.empty() || measure.regions[region.value()]) && measure.pool_of(region) != no_pool;
  }
  [[nodiscard]] bool has_the_age(MeasurePlan const& measure, PersonRow row) const {
    Span const age = measure.what.who.people.age;
    if (age == everything) return true;
    std::int64_t const born = people_.birth[row].minutes;
    std::int64_t const enters = people_.enters.empty() ? plan_.start.minutes : people_.enters[row].minutes;
    std::int64_t const first = std::max(enters, measure.what.runs.from);
    std::int64_t const last = std::min(plan_.end.minutes, measure.what.runs.to);
    return last > first && age.from < last - born && first - born < age.to;
  }
  RunPlan const& plan_;
  Population const& people_;
  bool regions_change_{false};
};

/// What everybody asks for who never gets an answer, in the order of time, desk and person.
std::vector<PlaceRequest> first_requests(RunPlan const& plan, DeskNumbers const& desks, Population const& people,
                                         RandomKey const& key, std::size_t threads, StopFlag const* stop) {
  struct Follower {
    explicit Follower(RunPlan const& of) : life{of} {}
    Life life;
    std::vector<PlaceRequest> requests;
  };
  Askers const askers{plan, people};
  std::vector<std::unique_ptr<Follower>> followers(thread_count(threads));
  parallel_for_blocks(people.size(), people_per_block, followers.size(), stop, [&](Block const& block) {
    auto& follower = followers[block.thread];
    if (!follower) follower = std::make_unique<Follower>(plan);
    for (std::size_t i = block.first; i < block.last; ++i) {
      if (!askers.may_ask(PersonRow{i})) continue;
      follower->life.begin(people, PersonRow{i}, key);
      follow(plan, follower->life);
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

/// The loop through time.
class Allocator {
 public:
  Allocator(RunPlan const& plan, DeskNumbers const& numbers, Population const& people, RandomKey const& key)
      : plan_{plan},
        numbers_{numbers},
        people_{people},
        key_{key},
        desks_(numbers.size()),
        is_touched_(numbers.size()),
        versions_(people.size()),
        answers_{people.size()},
        life_{plan} {
    for (std::uint32_t desk = 0; desk < numbers.size(); ++desk) open(desk);
  }

  void run(std::vector<PlaceRequest> const& requests, StopFlag const* stop) {
    auto next = requests.begin();
    for (;;) {
      Instant now = next == requests.end() ? distant_future : next->waiter.asked;
      if (!events_.empty()) now = std::min(now, events_.top().time);
      if (now >= plan_.end) return;
      if (stop != nullptr && stop->load()) throw Interrupted{};
      for (; next != requests.end() && next->waiter.asked == now; ++next) {
        if (versions_[next->waiter.row] == 0) take(*next);
      }
      do {
        while (!events_.empty() && events_.top().time == now) {
          Later const event = events_.top();
          events_.pop();
          happen(event);
        }
        serve(now);
      } while (!events_.empty() && events_.top().time == now);
    }
  }

  Answers take_answers() { return std::move(answers_); }

 private:
  /// Something that comes to pass later.
  struct Later {
    enum class What : std::uint8_t { free, step, tick, request };
    Instant time;
    What what{What::step};
    std::uint32_t desk{0};
    Waiter waiter{};  ///< of a request; its row and version: of a place that becomes free
    bool operator>(Later const& other) const {
      return std::tuple{time, what, desk, waiter.person} >
             std::tuple{other.time, other.what, other.desk, other.waiter.person};
    }
  };
  /// A place that somebody has.
  struct Held {
    std::uint32_t desk{0};
    Instant from;
  };

  [[nodiscard]] Measure const& measure_of(std::uint32_t desk) const {
    return plan_.measures[numbers_.measure_of(desk)].what;
  }

  /// Changes in the number of places, and the first date at which they are handed out.
  void open(std::uint32_t desk) {
    for (PoolPlan::Step const& step : numbers_.pool_of(desk).steps) {
      if (step.from > plan_.start && step.from < plan_.end) events_.push({step.from, Later::What::step, desk});
    }
    Measure const& measure = measure_of(desk);
    if (!measure.queue.allocate_every) return;
    Instant const first = std::max(plan_.start, Instant{measure.runs.from});
    events_.push({first, Later::What::tick, desk});
  }

  void happen(Later const& event) {
    switch (event.what) {
      case Later::What::free:
        if (versions_[event.waiter.row] == event.waiter.version) give_back(event);
        return;
      case Later::What::step:
        touch(event.desk);
        return;
      case Later::What::tick:
        touch(event.desk);
        events_.push({event.time + *measure_of(event.desk).queue.allocate_every, Later::What::tick, event.desk});
        ticks_.push_back(event.desk);
        return;
      case Later::What::request:
        if (versions_[event.waiter.row] == event.waiter.version) take({event.desk, event.waiter});
        return;
    }
  }

  void touch(std::uint32_t desk) {
    if (is_touched_[desk] == 0) touched_.push_back(desk);
    is_touched_[desk] = 1;
  }

  void take(PlaceRequest const& request) {
    desks_[request.desk].ask(request.waiter);
    touch(request.desk);
  }

  void give_back(Later const& event) {
    auto& held = held_[event.waiter.row.value()];
    auto const place = std::ranges::find(held, event.desk, &Held::desk);
    UTVEI_EXPECT(place != held.end());
    held.erase(place);
    if (held.empty()) held_.erase(event.waiter.row.value());
    --desks_[event.desk].taken;
    touch(event.desk);
  }

  void serve(Instant now) {
    std::ranges::sort(touched_);
    std::vector<std::uint32_t> const desks = std::exchange(touched_, {});
    for (std::uint32_t const desk : desks) is_touched_[desk] = 0;
    std::vector<std::uint32_t> const ticks = std::exchange(ticks_, {});
    for (std::uint32_t const desk : desks) {
      auto const still_waits = [&](Waiter const& waiter) {
        return versions_[waiter.row] == waiter.version && waiter.until > now;
      };
      QueueRule const& queue = measure_of(desk).queue;
      bool const hands_out = !queue.allocate_every || std::ranges::find(ticks, desk) != ticks.end();
      std::int64_t const places = numbers_.pool_of(desk).persons_at(now);
      while (hands_out && desks_[desk].taken < places) {
        auto const first = desks_[desk].next(still_waits);
        if (!first) break;
        ++desks_[desk].taken;
        held_[first->row.value()].push_back({desk, now});
        answer(*first, {numbers_.measure_of(desk), now, true});
      }
      if (!queue.at_most) continue;
      for (Waiter const& away : desks_[desk].turn_away(*queue.at_most, still_waits)) {
        answer(away, {numbers_.measure_of(desk), now, false});
      }
    }
  }

  /// The person is followed anew with one more answer: what they ask for, and what they give back, is another.
  void answer(Waiter const& waiter, Answer const& what) {
    answers_.add(waiter.row, what);
    life_.begin(people_, waiter.row, key_, answers_.of(waiter.row));
    auto const& records = follow(plan_, life_);
    std::uint32_t const version = ++versions_[waiter.row];
    for_each_request(plan_, numbers_, life_, version, [&](PlaceRequest const& request) {
      if (request.waiter.until <= what.time) return;
      if (request.waiter.asked >= what.time) {
        events_.push({request.waiter.asked, Later::What::request, request.desk, request.waiter});
      } else {
        desks_[request.desk].ask(request.waiter);
      }
    });
    auto const held = held_.find(waiter.row.value());
    if (held == held_.end()) return;
    for (std::size_t i = 0; i < records.size(); ++i) {
      ServiceRecord const& record = records[i];
      if (record.kind != Kind::started || !plan_.measures[record.measure].has_queue) continue;
      Held const place{numbers_.desk_of(record), record.time};
      auto const is_it = [&](Held const& one) { return one.desk == place.desk && one.from == place.from; };
      Instant const end = end_of(records, i);
      if (std::ranges::none_of(held->second, is_it) || end >= plan_.end) continue;
      Waiter who = waiter;
      who.version = version;
      events_.push({end, Later::What::free, place.desk, who});
    }
  }

  RunPlan const& plan_;
  DeskNumbers const& numbers_;
  Population const& people_;
  RandomKey const& key_;
  std::vector<ServiceDesk> desks_;
  std::vector<std::uint8_t> is_touched_;
  std::vector<std::uint32_t> touched_, ticks_;
  Column<PersonRow, std::uint32_t> versions_;
  std::unordered_map<std::uint32_t, std::vector<Held>> held_;  ///< by row
  std::priority_queue<Later, std::vector<Later>, std::greater<>> events_;
  Answers answers_;
  Life life_;
};

}  // namespace

void Answers::add(PersonRow row, Answer answer) {
  if (list_of_[row] == 0) {
    lists_.emplace_back();
    list_of_[row] = static_cast<std::uint32_t>(lists_.size());
  }
  lists_[list_of_[row] - 1].push_back(answer);
}

Answers allocate(RunPlan const& plan, Population const& people, RandomKey const& key, std::size_t threads,
                 StopFlag const* stop) {
  if (!has_queue(plan)) return {};
  DeskNumbers const desks{plan};
  std::vector<PlaceRequest> const requests = first_requests(plan, desks, people, key, threads, stop);
  Allocator allocator{plan, desks, people, key};
  allocator.run(requests, stop);
  return allocator.take_answers();
}

}  // namespace utvei
