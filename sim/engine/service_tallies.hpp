// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "life.hpp"
#include "tally_calendar.hpp"

#include <utvei/core/zero_memory.hpp>
#include <utvei/engine/person_group.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace utvei {

/// What is told of measures, by group, region, measure and year.
enum class ServiceQuantity : std::uint8_t {
  offers,
  refusals,
  requests,
  turned_away,
  gave_up,
  stopped_qualifying,
  participants,
  served_at_once,
  completions,
  early_exits,
  in_when_closed,
  waiting_time,      ///< minutes, of all who wait
  waited_time,       ///< minutes, of those who begin
  participant_time,  ///< minutes
  queue_length,      ///< at the stock date
  in_measure,        ///< at the stock date
  begun_within,      ///< each waiting time, of those who can be told
  begun_within_of,   ///< each waiting time: who asked that long before the end, and did not cease to qualify before
};
inline constexpr std::size_t service_quantities = 18;

struct ServiceDesign {
  ServiceDesign(Scenario const& scenario, TallyCalendar const& of, bool tell_regions_apart);
  TallyCalendar const& calendar;
  Model const& model;
  std::vector<std::string> measures, years, dates;  ///< labels; dates only if there are several
  std::vector<Span> intake;                         ///< by measure
  std::vector<Duration> waiting_times;              ///< empty where nobody waits
  Instant end;
  bool has_places{false};  ///< limited ones
  bool has_regional_places{false};
  bool has_needs{false};
  std::uint32_t groups;
  bool by_region;
  std::size_t regions;
  [[nodiscard]] bool is_empty() const { return measures.empty(); }
  /// Numbers of one region: [measure][year][date or waiting time], the last of stocks and of those who begin within.
  [[nodiscard]] std::size_t line(ServiceQuantity quantity) const;
  [[nodiscard]] std::size_t cells(ServiceQuantity quantity) const { return groups * regions * line(quantity); }
};

/// The regions that tables have a line for.
Dimension region_dimension(ServiceDesign const& design, std::vector<bool> const& shown);

/// The numbers of one worker. All are integers.
class ServiceTallies {
 public:
  explicit ServiceTallies(ServiceDesign const& design);
  /// A life that is over.
  void see(Life const& life);
  void add(ServiceTallies const& other);
  /// Calls `use` with each array of numbers, always in the same order: for who keeps them.
  template <class Use>
  void for_each_array(Use const& use) {
    use(std::span{late_time_});
    for (auto& numbers : numbers_) use(numbers.part(0, numbers.size()));
  }
  [[nodiscard]] std::int64_t const* numbers(ServiceQuantity quantity) const {
    return numbers_[static_cast<std::size_t>(quantity)].data();
  }
  /// Minutes in a measure that takes nobody in any more, of everybody: [measure][year].
  [[nodiscard]] std::vector<std::int64_t> const& late_time() const { return late_time_; }

 private:
  std::int64_t& at(ServiceQuantity quantity, ServiceRecord const& record, std::uint32_t year, std::uint32_t inner = 0);
  void count(ServiceRecord const& record);
  /// A request in the year in which it was made; `end` is that of the wait.
  void count_within(ServiceRecord const& request, ServiceRecord const* answer, Instant end);
  /// From a request to its end, or from a start to its end.
  void add_stay(ServiceRecord const& from, Instant to, ServiceQuantity time, ServiceQuantity heads);
  /// The part of it in which nobody else is taken in.
  void add_late_time(ServiceRecord const& from, Instant to);
  ServiceDesign const* design_;
  std::size_t group_{0};
  std::vector<std::int64_t> late_time_;
  std::array<ZeroArray<std::int64_t>, service_quantities> numbers_;
};

/// The numbers of draws and replicates as tables of a result.
class ServiceTables {
 public:
  /// `shown`: by RegionId, whether tables by region have a line for it.
  ServiceTables(ServiceDesign const& design, std::vector<bool> shown) : design_{design}, shown_{std::move(shown)} {}
  /// `plan`: of the draw; it has the places.
  void append(ServiceTallies const& tallies, RunPlan const& plan);
  void move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates);

 private:
  void append_places(ServiceTallies const& tallies, RunPlan const& plan);
  void add_places_of(RegionId region, std::size_t measure, std::vector<std::int64_t> const& minutes);
  void add_place_tables(std::uint32_t draws, std::uint32_t replicates, RunResult& result);
  ServiceDesign const& design_;
  std::vector<bool> shown_;
  std::vector<double> place_years_;                 ///< by draw and replicate, measure and year
  std::vector<std::int64_t> region_place_minutes_;  ///< by draw and replicate, region, measure and year
  std::array<std::vector<std::int64_t>, service_quantities> values_;
};

}  // namespace utvei
