// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/population/count_table.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What people are told apart by in a table.
struct CellDimension {
  enum class Kind { region, age, trait, state };
  Kind kind{Kind::region};
  TraitId trait{};
  friend auto operator<=>(CellDimension const&, CellDimension const&) = default;
};
/// `region`, `age`, `state` or the name of the trait.
std::string name_of(CellDimension dimension, Model const& model);

/// What a label of a table stands for.
struct PeopleGroup {
  std::string label;
  Place place;
  RegionId region{};                 ///< it and all below it
  Span age{everything};              ///< minutes
  std::uint32_t level{0};            ///< of a trait, or the number of a state
  std::vector<PeopleGroup> parts{};  ///< of a group of states: each of them; then `level` says nothing
  /// Whether people of this level of a trait or state are in the group.
  [[nodiscard]] bool has_level(std::uint32_t other) const;
};
/// In place of the number of a group: anybody.
inline constexpr std::uint32_t any_group = 0xffffffff;

/// A column of a table, or the pair age_from and age_to.
struct GroupColumn {
  CellDimension dimension;
  std::vector<PeopleGroup> groups;
  std::vector<std::uint32_t> group_of;  ///< by row; or any_group
};

/// A table whose labels are understood.
struct GroupTable {
  CountTable table;
  std::vector<GroupColumn> columns;
};

/// What an empty label means.
enum class Blank { is_an_error, is_anybody };
/// Whether a person may be in two groups of a column.
enum class Overlap { is_an_error, may_be };

/// A column of a table whose labels are groups of states, such as the statuses that an agency publishes.
struct StateGroups {
  std::string column;
  Place place;
  std::vector<PeopleGroup> groups;
};

struct GroupRules {
  Duration oldest;  ///< where open bands of age end, or a year after they begin if that is later
  Blank blank{Blank::is_an_error};
  Overlap overlap{Overlap::is_an_error};
  std::vector<std::string> other_columns{};  ///< which are of no dimension
  std::optional<StateGroups> state_groups{};
};

/// Reads the labels: `region` (codes), `state`, `age` (`16`, `16-19` and `80+`, in completed years) or `age_from` and
/// `age_to` (half-open, in years), and traits by their names. Each wrong label is diagnosed once, where it first
/// stands.
GroupTable read_groups(CountTable table, Model const& model, GroupRules const& rules, Diagnostics& diagnostics);

/// A band of ages as `16`, `16-19` or `[16.5,18)`.
std::string label_of(Span age);

}  // namespace utvei
