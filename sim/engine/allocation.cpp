// SPDX-License-Identifier: Apache-2.0
#include "allocation.hpp"

#include "asking_lives.hpp"
#include "groups.hpp"
#include "waiting_rooms.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <span>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace utvei {

namespace {

/// The loop through time.
class Allocator {
 public:
  Allocator(RunPlan const& plan, Desks const& numbers, std::size_t people, AskingLives& lives)
      : plan_{plan},
        numbers_{numbers},
        lives_{lives},
        desks_(numbers.size()),
        taken_(plan.pools.size()),
        is_touched_(numbers.size()),
        rooms_{counted_desks()},
        versions_(people),
        group_of_desk_(numbers.size()) {
    Groups groups{numbers.size()};
    for (std::size_t pool = 0; pool < plan.pools.size(); ++pool)
      for (std::uint32_t const desk : numbers.of_pool(pool)) groups.join(numbers.of_pool(pool).front(), desk);
    for (std::size_t desk = 0; desk < numbers.size(); ++desk) group_of_desk_[desk] = groups.of(desk);
    for (std::size_t pool = 0; pool < plan.pools.size(); ++pool) note_steps(pool);
    for (std::uint32_t desk = 0; desk < numbers.size(); ++desk) note_dates(desk);
  }

  void run(std::vector<PlaceRequest> const& requests, StopFlag const* stop) {
    auto next = requests.begin();
    for (;;) {
      Instant now = next == requests.end() ? distant_future : next->waiter.asked;
      if (!events_.empty()) now = std::min(now, events_.top().time);
      if (now >= plan_.end) return;
      if (stop != nullptr && stop->load()) throw Interrupted{};
      for (; next != requests.end() && next->waiter.asked == now; ++next) {
        if (is_current(next->waiter)) take(*next);
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

 private:
  /// Something that comes to pass later.
  struct Later {
    enum class What : std::uint8_t { free, gone, step, tick, request };
    Instant time;
    What what{What::step};
    std::uint32_t desk{0};  ///< of a step: the pool
    Waiter waiter{};        ///< of a request; its row and version: of who gives a place back or stops waiting
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

  [[nodiscard]] std::vector<bool> counted_desks() const {
    std::vector<bool> counted;
    for (std::uint32_t desk = 0; desk < numbers_.size(); ++desk) {
      QueueRule const& queue = measure_of(desk).queue;
      counted.push_back(queue.at_most.has_value() || queue.group_size > 1);
    }
    return counted;
  }

  /// When the number of places changes.
  void note_steps(std::size_t pool) {
    for (PoolPlan::Step const& step : plan_.pools[pool].steps) {
      if (step.from > plan_.start && step.from < plan_.end)
        events_.push({step.from, Later::What::step, static_cast<std::uint32_t>(pool)});
    }
  }

  /// The first date at which places are handed out.
  void note_dates(std::uint32_t desk) {
    Measure const& measure = measure_of(desk);
    if (!measure.queue.allocate_every) return;
    events_.push({std::max(plan_.start, Instant{measure.intake().from}), Later::What::tick, desk});
  }

  void happen(Later const& event) {
    switch (event.what) {
      case Later::What::free:
        if (is_current(event.waiter)) give_back(event);
        return;
      case Later::What::gone:
        if (is_current(event.waiter)) rooms_.leave(event.desk, event.waiter.row);
        return;
      case Later::What::step:
        touch_pool(event.desk);
        return;
      case Later::What::tick:
        touch(event.desk);
        events_.push({event.time + *measure_of(event.desk).queue.allocate_every, Later::What::tick, event.desk});
        dates_.push_back(event.desk);
        return;
      case Later::What::request:
        if (is_current(event.waiter)) take({event.desk, event.waiter});
        return;
    }
  }

  /// Whether somebody has not been followed anew since then.
  [[nodiscard]] bool is_current(Waiter const& waiter) const { return versions_[waiter.row] == waiter.version; }

  void touch(std::uint32_t desk) {
    if (is_touched_[desk] == 0) touched_.push_back(desk);
    is_touched_[desk] = 1;
  }

  void touch_pool(std::size_t pool) {
    for (std::uint32_t const desk : numbers_.of_pool(pool)) touch(desk);
  }

  void take(PlaceRequest const& request) {
    rooms_.enter(request.desk, request.waiter);
    wait(request);
    touch(request.desk);
  }

  void wait(PlaceRequest const& request) {
    desks_[request.desk].ask(request.waiter);
    if (rooms_.counts(request.desk) && request.waiter.until < plan_.end)
      events_.push({request.waiter.until, Later::What::gone, request.desk, request.waiter});
  }

  void give_back(Later const& event) {
    auto& held = held_[event.waiter.row.value()];
    auto const place = std::ranges::find(held, event.desk, &Held::desk);
    UTVEI_EXPECT(place != held.end());
    held.erase(place);
    if (held.empty()) held_.erase(event.waiter.row.value());
    for (std::size_t const pool : numbers_.pools_of(event.desk)) {
      --taken_[pool];
      touch_pool(pool);
    }
    touch(event.desk);
  }

  /// How many can begin at a desk.
  [[nodiscard]] std::int64_t room_at(std::uint32_t desk, Instant now) const {
    std::int64_t room = std::numeric_limits<std::int64_t>::max();
    for (std::size_t const pool : numbers_.pools_of(desk))
      room = std::min(room, plan_.pools[pool].persons_at(now) - taken_[pool]);
    return room;
  }

  /// Whether the desk hands out places now: at any time, or at its dates to groups that are large enough.
  [[nodiscard]] bool hands_out(std::uint32_t desk, Instant now, std::vector<std::uint32_t> const& dates) const {
    QueueRule const& queue = measure_of(desk).queue;
    if (!queue.allocate_every) return true;
    if (std::ranges::find(dates, desk) == dates.end()) return false;
    return queue.group_size <= 1 ||
           (room_at(desk, now) >= queue.group_size && rooms_.waiting(desk) >= queue.group_size);
  }

  /// Answers those who wait at the desks where something has changed, as long as there is room: at desks that draw on
  /// the same pools together, and at others one after the other, so that none hangs on desks it has nothing to do with.
  void serve(Instant now) {
    std::ranges::sort(touched_, {}, [&](std::uint32_t desk) { return std::pair{group_of_desk_[desk], desk}; });
    std::vector<std::uint32_t> const touched = std::exchange(touched_, {});
    for (std::uint32_t const desk : touched) is_touched_[desk] = 0;
    std::vector<std::uint32_t> const dates = std::exchange(dates_, {});
    std::vector<std::uint32_t> open;
    for (std::size_t i = 0; i < touched.size(); ++i) {
      if (hands_out(touched[i], now, dates)) open.push_back(touched[i]);
      bool const is_last = i + 1 == touched.size() || group_of_desk_[touched[i + 1]] != group_of_desk_[touched[i]];
      if (is_last) serve(std::exchange(open, {}), now);
    }
    for (std::uint32_t const desk : touched) {
      auto const& at_most = measure_of(desk).queue.at_most;
      if (!at_most) continue;
      for (Waiter const& away : rooms_.beyond(desk, *at_most)) {
        rooms_.leave(desk, away.row);
        answer(away, {numbers_.measure_of(desk), now, false});
      }
      hear(now);
    }
  }

  /// The desks of one group that are open.
  void serve(std::vector<std::uint32_t> open, Instant now) {
    while (auto const next = first_of(open, now)) {
      if (!is_current(next->waiter)) {  // they may not wait here any more, now that another desk has called them
        hear(now);
        continue;
      }
      auto const [desk, first] = *next;
      desks_[desk].pop();
      rooms_.leave(desk, first.row);
      for (std::size_t const pool : numbers_.pools_of(desk)) ++taken_[pool];
      held_[first.row.value()].push_back({desk, now});
      answer(first, {numbers_.measure_of(desk), now, true});
    }
    hear(now);
  }

  /// The next to begin at one of the desks, and where: at each measure the first in its order, of several who asked
  /// first.
  std::optional<PlaceRequest> first_of(std::vector<std::uint32_t>& open, Instant now) {
    auto const may_wait = [&](Waiter const& waiter) {
      return waiter.until > now && (is_current(waiter) || is_called(waiter));
    };
    auto const when = [](Waiter const& waiter) { return std::pair{waiter.asked, waiter.person}; };
    std::optional<PlaceRequest> best, best_of_measure;
    auto const compare_measures = [&] {
      if (best_of_measure && (!best || when(best_of_measure->waiter) < when(best->waiter))) best = best_of_measure;
      best_of_measure.reset();
    };
    std::erase_if(open, [&](std::uint32_t desk) {
      Waiter const* const first = room_at(desk, now) > 0 ? desks_[desk].first(may_wait) : nullptr;
      if (first == nullptr) return true;
      if (best_of_measure && numbers_.measure_of(best_of_measure->desk) != numbers_.measure_of(desk))
        compare_measures();
      if (!best_of_measure || *first < best_of_measure->waiter) best_of_measure = {desk, *first};
      return false;
    });
    compare_measures();
    return best;
  }

  /// Whether somebody waited there when a desk called them, and has not been heard since.
  [[nodiscard]] bool is_called(Waiter const& waiter) const {
    return versions_[waiter.row] == waiter.version + 1 && called_.contains(waiter.row.value());
  }

  /// From now on the person is followed anew, with one more answer: nothing that they have said before holds.
  void answer(Waiter waiter, Answer const& what) {
    waiter.version = ++versions_[waiter.row];
    called_.insert(waiter.row.value());
    answered_.push_back({waiter, what});
  }

  /// What those have to say who have got answers.
  void hear(Instant now) {
    if (answered_.empty()) return;
    called_.clear();
    for (Message const& message : lives_.hear(answered_)) hear(message, now);
    answered_.clear();
  }

  void hear(Message const& message, Instant now) {
    Waiter const& waiter = message.waiter;
    if (!message.asks) {
      auto const held = held_.find(waiter.row.value());
      auto const is_it = [&](Held const& one) { return one.desk == message.desk && one.from == waiter.asked; };
      if (held != held_.end() && std::ranges::any_of(held->second, is_it))
        events_.push({waiter.until, Later::What::free, message.desk, waiter});
    } else if (waiter.until <= now) {
      rooms_.leave(message.desk, waiter.row);
    } else if (waiter.asked >= now) {
      events_.push({waiter.asked, Later::What::request, message.desk, waiter});
    } else {
      wait({message.desk, waiter});
    }
  }

  RunPlan const& plan_;
  Desks const& numbers_;
  AskingLives& lives_;
  std::vector<ServiceDesk> desks_;
  std::vector<std::int64_t> taken_;  ///< by pool
  std::vector<std::uint8_t> is_touched_;
  WaitingRooms rooms_;
  std::vector<std::uint32_t> touched_, dates_;
  Column<PersonRow, std::uint32_t> versions_;
  std::unordered_map<std::uint32_t, std::vector<Held>> held_;  ///< by row
  std::priority_queue<Later, std::vector<Later>, std::greater<>> events_;
  std::vector<std::size_t> group_of_desk_;    ///< the first of those that draw on the same pools
  std::vector<Answered> answered_;            ///< who has not been heard since
  std::unordered_set<std::uint32_t> called_;  ///< their rows
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
  std::vector<PersonRow> everybody;
  for (std::size_t row = 0; row < people.size(); ++row) everybody.emplace_back(row);
  return allocate(plan, {people, everybody, key}, threads, stop);
}

Answers allocate(RunPlan const& plan, LivesOfPart const& lives, std::size_t threads, StopFlag const* stop,
                 Exchange* others) {
  if (std::ranges::none_of(plan.measures, &MeasurePlan::has_queue)) return {};
  Desks const desks{plan};
  AskingLives asking{plan, desks, lives, threads, stop, others};
  std::vector<PlaceRequest> const requests = asking.first_requests();
  Allocator{plan, desks, lives.people.size(), asking}.run(requests, stop);
  return asking.take_answers();
}

}  // namespace utvei
