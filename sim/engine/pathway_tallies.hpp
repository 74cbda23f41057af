// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tally_calendar.hpp"

#include <utvei/core/zero_memory.hpp>
#include <utvei/observation/life_path.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/pathways.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace utvei {

/// What is told of the ways that people take, each a table: docs/formats/result.md.
enum class PathwayQuantity : std::uint8_t {
  way_people,
  way_lost,
  way_months,
  way_time,
  incidence_persons,
  incidence_years,
  incidence_events,
  incidence_events_by_region,
  leavings,
  flows,
  flows_by_region,
};
inline constexpr std::size_t pathway_quantities = 11;

/// One table: its numbers for each group and region that it tells apart.
struct PathwayTable {
  char const* name{""};
  char const* long_name{""};
  char const* units{"1"};
  bool by_group{true};
  bool by_region{true};
  std::vector<Dimension> dimensions;  ///< after group and region
  std::size_t line{0};                ///< numbers of these; 0: nobody asks for the table
};

struct PathwayDesign {
  PathwayDesign(Scenario const& of, TallyCalendar const& run_calendar, bool tell_regions_apart);
  Scenario const& scenario;
  TallyCalendar const& calendar;
  Pathways const* asked;  ///< nullptr: nothing
  std::uint32_t groups;
  bool by_region;
  std::size_t regions;
  std::size_t states;
  std::vector<PathwayTable> tables;          ///< by quantity
  std::size_t months{0};                     ///< of the longest way, and the one at once
  std::size_t not_followed{0};               ///< first after the destinations of all incidences
  std::size_t outcomes{0};                   ///< that, who comes to be at risk as a bin begins, and who within it
  std::vector<std::size_t> first_step;       ///< by way: among the steps of all
  std::vector<std::size_t> first_bin;        ///< by incidence: among the times of all
  std::vector<std::vector<std::size_t>> to;  ///< by incidence: destinations, then the others, among those of all
  std::vector<std::size_t> first_kind;       ///< by leaving: among the kinds of all
  std::vector<Instant> dates;                ///< of flows: the first stock date of each year
  std::vector<std::uint16_t> tokens;         ///< by StateId: what sequences tell apart
  std::vector<std::string> token_names;
  [[nodiscard]] bool is_empty() const { return asked == nullptr; }
  [[nodiscard]] PathwayTable const& table(PathwayQuantity quantity) const {
    return tables[static_cast<std::size_t>(quantity)];
  }
  [[nodiscard]] std::size_t places(PathwayTable const& table) const {
    return (table.by_group ? groups : 1) * (table.by_region ? regions : 1);
  }

 private:
  void design_ways();
  void design_incidence();
  void design_leaving();
  void design_flows();
  void design_sequences();
  PathwayTable& lay_out(PathwayQuantity quantity, PathwayTable table);
};

/// People by group and sequence; the group stands in front, as two characters.
using SequenceCounts = std::unordered_map<std::u16string, std::int64_t>;

/// The numbers of one worker. All are integers.
class PathwayTallies {
 public:
  explicit PathwayTallies(PathwayDesign const& design);
  /// A life that is over.
  void see(LifePath const& life);
  void add(PathwayTallies const& other);
  /// Calls `use` with each array of numbers, always in the same order: for who keeps them.
  template <class Use>
  void for_each_array(Use const& use) {
    for (auto& numbers : numbers_) use(numbers.part(0, numbers.size()));
  }
  [[nodiscard]] std::int64_t const* numbers(std::size_t quantity) const { return numbers_[quantity].data(); }
  [[nodiscard]] SequenceCounts const& sequences() const { return sequences_; }
  [[nodiscard]] SequenceCounts& sequences() { return sequences_; }

 private:
  void see_ways(LifePath const& life);
  void see_incidence(LifePath const& life);
  void count_outcome(RegionId region, std::size_t incidence, std::size_t bin, std::size_t outcome);
  void see_leavings(LifePath const& life);
  void see_flows(LifePath const& life);
  void see_sequence(LifePath const& life);
  /// The numbers of a table for the group of the life and the region of a piece.
  std::int64_t* line(PathwayQuantity quantity, RegionId region);

  PathwayDesign const* design_;
  std::vector<ZeroArray<std::int64_t>> numbers_;  ///< by quantity: [place][line]
  SequenceCounts sequences_;
  std::size_t group_{0};  ///< of the life that is seen
};

/// The numbers of draws and replicates as tables of a result.
class PathwayTables {
 public:
  PathwayTables(PathwayDesign const& design, std::vector<bool> shown)
      : design_{design}, shown_{std::move(shown)}, values_(pathway_quantities) {}
  void append(PathwayTallies const& tallies);
  void move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates);

 private:
  void add_sequences(RunResult& result, std::uint32_t draws, std::uint32_t replicates);
  PathwayDesign const& design_;
  std::vector<bool> shown_;
  std::vector<std::vector<std::int64_t>> values_;  ///< by quantity: [draw][replicate][place that is shown][line]
  std::vector<SequenceCounts> sequences_;          ///< by draw and replicate
};

}  // namespace utvei
