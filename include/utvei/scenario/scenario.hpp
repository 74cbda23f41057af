// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/document/stock_dates.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/population/demography.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/follow_up.hpp>
#include <utvei/scenario/measure.hpp>
#include <utvei/scenario/precision.hpp>
#include <utvei/scenario/score.hpp>
#include <utvei/scenario/uncertain_ratio.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Weeks as durations.
inline std::vector<Duration> weeks(std::initializer_list<int> numbers) {
  std::vector<Duration> times;
  for (int const number : numbers) times.push_back(Duration{number * 7 * minutes_per_day});
  return times;
}

/// What a tally is kept by. Trait dimensions name their trait.
struct TallyDimension {
  enum class Kind { region, year, age_group, trait, state };
  Kind kind{Kind::region};
  TraitId trait{};
  friend bool operator==(TallyDimension const&, TallyDimension const&) = default;
};
using Breakdown = std::vector<TallyDimension>;

/// One entry of `changes:`, a hazard ratio on transitions.
struct Change {
  std::vector<TransitionId> transitions;
  std::vector<RegionId> regions;                   ///< empty: everywhere
  std::vector<std::vector<std::uint32_t>> traits;  ///< by TraitId: levels; empty: any
  Span age{everything};
  Span calendar{everything};
  UncertainRatio ratio;
  StreamId stream;  ///< for draws of the ratio
  Place place;
};

struct LifeCourseRequest {
  enum class Kind { none, all, sample };
  Kind kind{Kind::none};
  std::uint64_t sample{0};
};

/// A scenario file, checked against its model.
struct Scenario {
  std::string path;
  std::string name;
  Model model;
  Instant start;
  Instant end;
  std::uint32_t seed{0};
  std::uint32_t draws{0};
  std::uint32_t replicates{1};
  std::uint32_t weight{1};             ///< people that one of the run stands for
  std::optional<Precision> precision;  ///< what a run adds draws or replicates for
  PopulationSpec population;
  Demography demography;
  std::vector<MonthDay> stock_dates;
  std::vector<int> age_groups;  ///< lower bounds in years
  /// Within which those who begin a measure are counted.
  std::vector<Duration> waiting_times{weeks({0, 1, 2, 4, 8, 13, 26, 52})};
  std::vector<Breakdown> breakdowns;
  std::uint32_t groups{100};
  LifeCourseRequest life_courses;
  std::vector<Change> changes;
  std::vector<Resource> resources;
  std::vector<Measure> measures;             ///< then help with the needs, in their order
  std::optional<Coordination> coordination;  ///< where people have needs
  std::vector<Score> scores;
  std::vector<Waves> waves;  ///< in which they are measured
  std::vector<HistoryEvent> events;
  std::optional<std::string> income;  ///< resolved path of its `utvei: income/1`
  Place income_place;
  std::optional<std::string> money;  ///< resolved path of its `utvei: money/1`
  Place money_place;
  std::string resolved;             ///< YAML with extends and --set applied, for provenance
  std::vector<std::string> inputs;  ///< every file that was read
};

/// `load`: reads people of `utvei populate`, where the scenario names a file of them.
Scenario read_scenario(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                       Diagnostics& diagnostics, PeopleLoader const& load = {});

}  // namespace utvei
