// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tallies.hpp"

#include <utvei/results/result.hpp>

#include <string>
#include <vector>

namespace utvei {

/// A dimension whose labels are 0, 1, …
Dimension numbered(std::string const& name, std::size_t count);
/// `16-19`, …, of where age groups begin.
std::vector<std::string> age_group_labels(std::vector<int> const& bounds);
/// Adds a table, whose first dimension is the group and whose values are those of all draws and replicates in their
/// order, to the group tables of a result, and its sum over groups to its tables.
void add_table(Table by_group, std::uint32_t draws, std::uint32_t replicates, RunResult& result);

/// Collects the tallies of draws and replicates into the tables of a result.
class ResultTables {
 public:
  /// `shown`: by RegionId, whether tables by region have a line for it.
  ResultTables(Scenario const& scenario, TallyDesign const& design, std::vector<bool> shown);

  /// Adds the next draw and replicate, in their order. The memory of the tallies is given back as the tables grow.
  void append(Tallies tallies);
  /// The tables, and their twins by group.
  void move_into(RunResult& result);

 private:
  struct Slot {
    Table table;  ///< by group
    std::size_t layout{0};
    bool has_date{false};
  };
  [[nodiscard]] Dimension dimension_of(TallyDimension const& dimension) const;
  [[nodiscard]] std::vector<std::size_t> fixed_positions(TallyLayout const& layout,
                                                         std::vector<Dimension> const& dimensions,
                                                         std::vector<std::size_t> const& strides) const;
  void add_slots(std::size_t layout);
  void add_slot(std::size_t layout, std::string const& quantity, std::vector<Dimension> dimensions);

  Scenario const& scenario_;
  TallyDesign const& design_;
  std::vector<bool> shown_;
  std::vector<Slot> slots_;
  std::vector<std::int64_t> persons_;
};

}  // namespace utvei
