// SPDX-License-Identifier: Apache-2.0
#include "asking_lives.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace utvei {
namespace {

using Kind = ServiceRecord::Kind;

constexpr std::size_t people_per_block = 4096;
constexpr std::size_t answers_per_block = 32;
constexpr std::size_t several = 4;  ///< answers: who has so many is followed on from the last

/// Whether somebody may ever ask, by what does not change: where they live and how old they are while a measure runs.
class Askers {
 public:
  Askers(RunPlan const& plan, Population const& people)
      : plan_{plan}, people_{people}, regions_change_{plan.turns && plan.turns->move_people()} {}
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
  bool regions_change_;
};

std::vector<ServiceRecord> const& follow_to_end(RunPlan const& plan, Life& life) {
  while (life.is_open()) life.apply(next_event(plan, life));
  return life.participation.records();
}

/// When a request or a participation that a record begins is over; beyond the run if the records do not say.
Instant end_of(std::vector<ServiceRecord> const& records, std::size_t place) {
  std::size_t const next = next_of_measure(records, place);
  return next < records.size() ? records[next].time : distant_future;
}

/// The list of each member, one after the other.
template <class T>
std::vector<T> of_all(Exchange* others, std::vector<T> own) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (others == nullptr) return own;
  std::string bytes(own.size() * sizeof(T), '\0');
  if (!own.empty()) std::memcpy(bytes.data(), own.data(), bytes.size());
  auto const said = others->all_say(std::move(bytes));
  std::size_t count = 0;
  for (std::string const& each : said) count += each.size() / sizeof(T);
  std::vector<T> all(count);
  T* to = all.data();
  for (std::string const& each : said) {
    if (!each.empty()) std::memcpy(to, each.data(), each.size());
    to += each.size() / sizeof(T);
  }
  return all;
}

}  // namespace

AskingLives::AskingLives(RunPlan const& plan, Desks const& desks, LivesOfPart const& lives, std::size_t threads,
                         StopFlag const* stop, Exchange* others)
    : plan_{plan},
      desks_{desks},
      lives_{lives},
      stop_{stop},
      others_{others},
      followers_(thread_count(threads)),
      answers_{lives.people.size()} {
  if (others == nullptr) return;
  is_own_.resize(lives.people.size());
  for (PersonRow const row : lives.rows) is_own_[row.value()] = true;
}

AskingLives::Follower& AskingLives::follower(std::size_t thread) {
  auto& follower = followers_[thread];
  if (!follower) follower = std::make_unique<Follower>(plan_);
  return *follower;
}

std::vector<PlaceRequest> AskingLives::first_requests() {
  Askers const askers{plan_, lives_.people};
  parallel_for_blocks(lives_.rows.size(), people_per_block, followers_.size(), stop_, [&](Block const& block) {
    Follower& one = follower(block.thread);
    for (PersonRow const row : lives_.rows.subspan(block.first, block.last - block.first)) {
      if (!askers.may_ask(row)) continue;
      one.life.begin(lives_.people, row, lives_.key);
      auto const& records = follow_to_end(plan_, one.life);
      for (std::size_t i = 0; i < records.size(); ++i) {
        ServiceRecord const& record = records[i];
        if (record.kind != Kind::asked || !plan_.measures[record.measure].has_queue) continue;
        one.requests.push_back(
            {desks_.desk_of(record), {record.rank, record.time, one.life.person, row, 0, end_of(records, i)}});
      }
    }
  });
  std::size_t requests = 0;
  for (auto const& each : followers_) requests += each ? each->requests.size() : 0;
  std::vector<PlaceRequest> all;
  all.reserve(requests);
  for (auto& each : followers_) {
    if (!each) continue;
    all.insert(all.end(), each->requests.begin(), each->requests.end());
    each->requests = std::vector<PlaceRequest>{};
  }
  all = of_all(others_, std::move(all));
  std::ranges::sort(all, {}, [](PlaceRequest const& request) {
    return std::tuple{request.waiter.asked, request.desk, request.waiter.person};
  });
  return all;
}

std::vector<Message> AskingLives::hear(std::span<Answered const> answered) {
  std::vector<Answered> own;
  for (Answered const& each : answered) {
    if (!is_own_.empty() && !is_own_[each.who.row.value()]) continue;
    answers_.add(each.who.row, each.what);
    own.push_back(each);
  }
  auto const hear_some = [&](Block const& block) {
    for (std::size_t i = block.first; i < block.last; ++i) hear(own[i], follower(block.thread));
  };
  if (own.size() <= answers_per_block) {
    hear_some({0, own.size(), 0, 0});
  } else {
    parallel_for_blocks(own.size(), answers_per_block, followers_.size(), stop_, hear_some);
  }
  std::vector<Message> all;
  for (auto& each : followers_) {
    if (!each) continue;
    all.insert(all.end(), each->messages.begin(), each->messages.end());
    for (Life& life : each->kept) saved_.insert_or_assign(life.row.value(), std::move(life));
    each->messages.clear();
    each->kept.clear();
  }
  return of_all(others_, std::move(all));
}

void AskingLives::hear(Answered const& answered, Follower& follower) {
  auto const& records = follow_anew(answered, follower);
  for (std::size_t i = 0; i < records.size(); ++i) {
    ServiceRecord const& record = records[i];
    bool const asks = record.kind == Kind::asked;
    if ((!asks && record.kind != Kind::started) || !plan_.measures[record.measure].has_queue) continue;
    Instant const end = end_of(records, i);
    if (end < answered.what.time || (!asks && end >= plan_.end)) continue;
    Waiter waiter = answered.who;
    waiter.rank = record.rank;
    waiter.asked = record.time;
    waiter.until = end;
    follower.messages.push_back({asks, desks_.desk_of(record), waiter});
  }
}

/// From the start, or from the last answer where somebody has had several.
std::vector<ServiceRecord> const& AskingLives::follow_anew(Answered const& answered, Follower& follower) {
  PersonRow const row = answered.who.row;
  Life& life = follower.life;
  std::span<Answer const> const answers = answers_.of(row);
  auto const saved = saved_.find(row.value());
  if (saved == saved_.end()) {
    life.begin(lives_.people, row, lives_.key, answers);
  } else {
    life = saved->second;
    life.participation.hear(life, answers);
  }
  if (answers.size() >= several) {
    while (life.is_open() && life.now < answered.what.time) life.apply(next_event(plan_, life));
    follower.kept.push_back(life);
  }
  return follow_to_end(plan_, life);
}

}  // namespace utvei
