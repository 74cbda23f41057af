// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/rules.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/stock.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What to look at first in a register.
struct RegisterOverview {
  /// Person-time by state, in minutes.
  struct TimeRow {
    std::string label;
    Column<StateId, std::int64_t> minutes;
    std::vector<bool> hidden{};  ///< by state; empty: nothing is
    bool sum_hidden{false};      ///< over the states
    [[nodiscard]] bool hides(StateId state) const { return !hidden.empty() && hidden[state.value()]; }
  };
  /// A change of state, also one that the model has no transition for.
  struct Change {
    StateId from, to;
    std::optional<std::int64_t> events;  ///< none: hidden
    bool in_model{false};                ///< a transition of it
    bool by_rule{false};                 ///< no transition, but a limit or an age end may lead there
  };
  std::size_t persons{0}, spells{0};
  RegisterCounts counts;
  std::vector<TimeRow> years;  ///< by calendar year; empty without a calendar
  TimeRow all{"all", {}};      ///< over the years
  std::vector<TimeRow> flags;  ///< with each trait over time that says no or yes
  std::vector<Change> changes;
  std::vector<StockRow> stock;
  std::vector<std::string> activities;  ///< names, by ActivityId
};

/// Of a study's life courses, which are cut to its window.
RegisterOverview overview_of(LifeCourses const& lives, Study const& study, std::size_t threads = 0);

/// Hides numbers of few people and what would give them away: for a register whose overview may leave its place.
void hide_small_counts(RegisterOverview& overview, DisclosureRules const& rules = {});

/// For people: what became of the rows, and tables.
std::string overview_text(RegisterOverview const& overview, Model const& model);
/// The same, one number a line: `table,date,state,to,of,value`.
std::string overview_csv(RegisterOverview const& overview, Model const& model);

}  // namespace utvei
