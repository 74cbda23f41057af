// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tally_calendar.hpp"

#include <utvei/engine/person_group.hpp>
#include <utvei/observation/life_path.hpp>
#include <utvei/observation/observation.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace utvei {

/// When and of whom heads are counted by the definitions of a model: at the date of each, in each year of the run.
struct DefinitionDesign {
  /// Definitions that the people cannot be counted by are left out.
  DefinitionDesign(Scenario const& scenario, Population const& people, TallyCalendar const& calendar);
  struct Count {
    Observation what;
    std::size_t year{0}, definition{0};
  };
  Regions const& tree;
  std::vector<Count> counts;
  std::vector<std::string> names;  ///< of definitions that have a date
  std::vector<std::string> years;
  std::uint32_t groups;
  bool by_region;
  std::size_t regions;
  [[nodiscard]] bool is_empty() const { return counts.empty(); }
  [[nodiscard]] std::size_t cells() const { return groups * regions * years.size() * names.size(); }
};

/// The counts of one worker: [group][region][year][definition].
class DefinitionTallies {
 public:
  explicit DefinitionTallies(DefinitionDesign const& design)
      : design_{&design}, part_(design.cells()), whole_(design.cells()) {}

  /// Of dates before `since` the life is counted already.
  void see(LifePath const& path, Instant since = distant_past);
  /// Others that count the same life, of dates from then on.
  struct Other {
    DefinitionTallies* tallies;
    Instant since;
  };
  void see_together(LifePath const& path, std::span<Other const> others);
  void add(DefinitionTallies const& other);
  /// Calls `use` with each array of numbers, always in the same order: for who keeps them.
  template <class Use>
  void for_each_array(Use const& use) {
    use(std::span{part_});
    use(std::span{whole_});
  }
  [[nodiscard]] std::vector<std::int64_t> const& part() const { return part_; }
  [[nodiscard]] std::vector<std::int64_t> const& whole() const { return whole_; }

 private:
  /// Counts; calls `use` with the date of each count and where it stands.
  template <class Use>
  void for_each_count(LifePath const& path, Instant since, Use const& use);
  DefinitionDesign const* design_;
  std::vector<std::int64_t> part_, whole_;
  std::vector<std::int64_t> one_part_{0}, one_whole_{0};
};

/// The counts of draws and replicates as tables of a result: `defined`, people who are in the definition at its date,
/// and `defined_of`, those of whom it is a share.
class DefinitionTables {
 public:
  /// `shown`: by RegionId, whether tables by region have a line for it.
  DefinitionTables(DefinitionDesign const& design, std::vector<bool> shown)
      : design_{design}, shown_{std::move(shown)} {}
  void append(DefinitionTallies const& tallies);
  void move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates);

 private:
  void append(std::vector<std::int64_t> const& counts, std::vector<std::int64_t>& values) const;
  DefinitionDesign const& design_;
  std::vector<bool> shown_;
  std::vector<std::int64_t> part_, whole_;
};

}  // namespace utvei
