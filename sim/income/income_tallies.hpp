// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "household_index.hpp"
#include "income_plan.hpp"

#include <utvei/results/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Moves within the chain from one whole year to the next, with those who stay, begin to count and cease to.
inline constexpr std::size_t income_passages = 15;
inline std::size_t passage_of(IncomeState from, IncomeState to) {
  return static_cast<std::size_t>(from) * 4 + static_cast<std::size_t>(to);  // the sixteenth is of nobody
}

/// The lengths of the axes of the tables of a run.
struct IncomeLayout {
  IncomeLayout(IncomePlan const& plan, Scenario const& scenario, bool by_region);

  std::vector<std::string> regions;            ///< codes; empty: tables are not by region
  std::vector<std::uint32_t> place_of_region;  ///< by RegionId
  std::size_t region_count{1}, years{0}, whole_years{0}, types{household_type_names.size()}, groups{1}, steps{0};
  std::vector<std::string> year_labels, whole_labels, step_labels;
  std::vector<bool> is_last_step;  ///< of its pathway
  std::int64_t bin_width{0}, bins{0};
  std::size_t draws{1}, replicates{1};
  bool keeps_sums{true};  ///< of kroner: of a register a cell may be one household, whose income that would be

  /// Where the people of a region, whole year and type of household are counted.
  [[nodiscard]] std::size_t cell(std::size_t region, std::size_t whole_year, HouseholdType type) const {
    return (region * whole_years + whole_year) * types + static_cast<std::size_t>(type);
  }
  [[nodiscard]] std::size_t cells() const { return region_count * whole_years * types; }
};

/// What one thread has counted. Integers: the order in which people are added changes nothing.
struct IncomeTallies {
  explicit IncomeTallies(IncomeLayout const& layout);
  void add(IncomeTallies const& other);

  std::vector<std::int64_t> state;        ///< [group][region][whole year][type][state]
  std::vector<std::int64_t> three_years;  ///< [region][whole year][type]: people of whom three years are known
  std::vector<std::int64_t> passage;      ///< [region][whole year after the first][type][passage]
  std::vector<std::int64_t> income;       ///< [region][whole year][type]: kroner per consumption unit
  std::vector<std::int64_t> histogram;    ///< [whole year][bin]
  std::vector<std::int64_t> step_people;  ///< [region][year][type][step]
  std::vector<std::int64_t> step_time;    ///< the same: minutes since the step before
};

/// Collects the tallies of draws and replicates, in their order, into tables.
class IncomeTableMaker {
 public:
  explicit IncomeTableMaker(IncomeLayout const& layout);
  void append(IncomeTallies const& tallies, std::vector<double> const& medians);
  void move_into(std::vector<Table>& tables, std::vector<Table>& group_tables);

 private:
  struct Frame {
    std::string name, long_name, units;
    std::vector<Dimension> dimensions;  ///< after draw and replicate
  };
  void add_table(Frame frame);
  void append_counts(std::string const& name, std::vector<std::int64_t> const& counts);
  [[nodiscard]] std::vector<Dimension> by_region_and(std::vector<Dimension> others) const;

  IncomeLayout const& layout_;
  std::vector<Table> tables_;
  Table by_group_;  ///< of income_state
};

}  // namespace utvei
