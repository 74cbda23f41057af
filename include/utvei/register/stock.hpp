// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/stock_dates.hpp>
#include <utvei/register/life_courses.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// In the place of a state's number: in no state. It comes after all states.
inline constexpr std::uint32_t no_state = 0xffffffff;

/// People who do the same at one moment, and are in the same state.
struct StockRow {
  Instant date;
  std::optional<StateId> state;         ///< none: no line of `states_when` holds, and there is no `otherwise`
  ActivitySet activities;               ///< empty where the sources name states
  std::optional<std::int64_t> persons;  ///< none: hidden, see hide_small_counts
};

/// The stock dates of each year that lie in [from, to), in their order.
std::vector<Instant> stock_moments(std::vector<MonthDay> const& days, Instant from, Instant to);

/// The cross-table of activities and states at each moment: heads, by date, then state in the order of the model, then
/// activities. Who has no activity and is in no state is not counted; what changes at the moment has changed.
std::vector<StockRow> count_stock(LifeCourses const& lives, std::vector<Instant> const& moments,
                                  std::size_t threads = 0);

/// Hides the rows of each date whose counts must not leave the place of a register.
void hide_small_counts(std::vector<StockRow>& rows, DisclosureRules const& rules = {});

/// `date,activities,state,persons`; a count that is hidden is `:`.
std::string stock_csv(std::vector<StockRow> const& rows, Model const& model,
                      std::vector<std::string> const& activities);
/// A line for each state and its activities, a column for each date; "" without rows.
std::string stock_text(std::vector<StockRow> const& rows, Model const& model,
                       std::vector<std::string> const& activities);

}  // namespace utvei
