// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tally_calendar.hpp"

#include <utvei/core/random.hpp>
#include <utvei/core/zero_memory.hpp>
#include <utvei/observation/life_path.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace utvei {

/// What is told of a score in a wave, by group and region: where people live when they are measured. Numbers of the
/// scale are steps from its lower end.
enum class ScoreQuantity : std::uint8_t {
  persons,         ///< who were measured
  sum,             ///< of what was measured
  squares,         ///< of that
  truth,           ///< sum of the scores without their error, in 2^-20 steps
  change_persons,  ///< who were measured in the first wave, too
  change_sum,      ///< of changes since then
  change_squares,
};
inline constexpr std::size_t score_quantities = 7;

/// What is told of the event of a history, by group and region: where people live when they begin to be followed.
enum class EventQuantity : std::uint8_t { happened, ended_otherwise, not_followed, not_yet };
inline constexpr std::size_t event_quantities = 4;

struct FollowUpDesign {
  FollowUpDesign(Scenario const& of, bool tell_regions_apart);
  Scenario const& scenario;
  std::vector<std::string> scores, events;
  std::vector<std::string> waves;   ///< `NAME: WAVE`, of all follow-ups
  std::vector<std::string> months;  ///< since people were followed: of the longest event
  std::uint32_t groups;
  bool by_region;
  std::size_t regions;
  [[nodiscard]] bool is_empty() const { return waves.empty() && events.empty(); }
  [[nodiscard]] std::size_t places() const { return groups * regions; }
  [[nodiscard]] std::size_t score_line() const { return scores.size() * waves.size() * score_quantities; }
  [[nodiscard]] std::size_t event_line() const { return events.size() * months.size() * event_quantities; }
};

/// The numbers of one worker. All are integers.
class FollowUpTallies {
 public:
  explicit FollowUpTallies(FollowUpDesign const& design);
  /// A life that is over.
  void see(LifePath const& life, RunPlan const& plan, RandomKey const& key);
  void add(FollowUpTallies const& other);
  /// Calls `use` with each array of numbers, always in the same order: for who keeps them.
  template <class Use>
  void for_each_array(Use const& use) {
    for (auto* const numbers : {&scores_, &events_, &followed_}) use(numbers->part(0, numbers->size()));
  }
  [[nodiscard]] std::int64_t const* scores() const { return scores_.data(); }
  [[nodiscard]] std::int64_t const* events() const { return events_.data(); }
  [[nodiscard]] std::int64_t const* persons() const { return followed_.data(); }

 private:
  void see_waves(LifePath const& life, RunPlan const& plan, RandomKey const& key);
  void see_events(LifePath const& life, RunPlan const& plan);
  [[nodiscard]] std::size_t place_of(LifePath const& life, Instant at) const;
  FollowUpDesign const* design_;
  ZeroArray<std::int64_t> scores_;    ///< [group][region][score][wave][quantity]
  ZeroArray<std::int64_t> events_;    ///< [group][region][event][month][quantity]
  ZeroArray<std::int64_t> followed_;  ///< [group][region][event]
};

/// The numbers of draws and replicates as tables of a result.
class FollowUpTables {
 public:
  FollowUpTables(FollowUpDesign const& design, std::vector<bool> shown) : design_{design}, shown_{std::move(shown)} {}
  void append(FollowUpTallies const& tallies);
  void move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates);

 private:
  void add_scores(std::vector<Dimension> const& dimensions, RunResult& result, std::uint32_t draws,
                  std::uint32_t replicates);
  void add_events(std::vector<Dimension> dimensions, RunResult& result, std::uint32_t draws, std::uint32_t replicates);
  FollowUpDesign const& design_;
  std::vector<bool> shown_;
  std::vector<std::int64_t> scores_, events_, followed_;  ///< [draw][replicate][group][shown region] and a line
};

}  // namespace utvei
