// SPDX-License-Identifier: Apache-2.0
#include <utvei/disclosure/linked_tables.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/register/overview.hpp>

#include <algorithm>
#include <numeric>

namespace utvei {
namespace {

using TimeRow = RegisterOverview::TimeRow;

/// Nobody has more than a year in a year: years are of at least as many people.
std::vector<double> years_by_state(Column<StateId, std::int64_t> const& minutes) {
  std::vector<double> years;
  for (std::int64_t const in_state : minutes) years.push_back(in_years(Duration{in_state}));
  return years;
}

double sum_of(std::vector<double> const& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

/// Rows of person-time by state, and the row that they add up to.
struct TimeTable {
  std::vector<TimeRow*> rows;
  TimeRow* all;  ///< null: it is shown as it is
};

LinkedTables linked_tables(TimeTable const& table, std::size_t states) {
  LinkedTables linked;
  linked.axes = {{table.rows.size(), true, table.all == nullptr}, {states, true, false}};
  LinkedTable cells{{0, 1}, {}, {}};
  LinkedTable sums{{0}, {}, {}};
  for (TimeRow const* const row : table.rows) {
    auto const years = years_by_state(row->minutes);
    cells.people.insert(cells.people.end(), years.begin(), years.end());
    sums.people.push_back(sum_of(years));
  }
  linked.tables = {std::move(cells), std::move(sums)};
  if (table.all == nullptr) return linked;
  auto const all = years_by_state(table.all->minutes);
  linked.tables.push_back({{1}, all, {}});
  linked.tables.push_back({{}, {sum_of(all)}, {}});
  return linked;
}

void hide_person_time(TimeTable const& table, DisclosureRules const& rules) {
  std::size_t const states = table.rows.front()->minutes.size();
  HiddenCells const hidden = protect(linked_tables(table, states), rules);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    auto const first = hidden.hidden[0].begin() + static_cast<std::ptrdiff_t>(row * states);
    table.rows[row]->hidden.assign(first, first + static_cast<std::ptrdiff_t>(states));
    table.rows[row]->sum_hidden = hidden.hidden[1][row];
  }
  if (table.all == nullptr) return;
  table.all->hidden = hidden.hidden[2];
  table.all->sum_hidden = hidden.hidden[3][0];
}

/// Who has the flag and who has not are all that there are: what is left of them is a number, too.
void hide_flag(TimeRow& flag, TimeRow const& all, DisclosureRules const& rules) {
  TimeRow without{"", all.minutes};
  for (StateId const state : ids_of(all.minutes)) without.minutes[state] -= flag.minutes[state];
  hide_person_time({{&flag, &without}, nullptr}, rules);
}

void round_years(TimeRow& row, DisclosureRules const& rules) {
  if (rules.round_to <= 1) return;
  for (std::int64_t& minutes : row.minutes) {
    double const years = rounded(in_years(Duration{minutes}), rules);
    minutes = static_cast<std::int64_t>(years) * minutes_per_year;
  }
}

}  // namespace

void hide_small_counts(RegisterOverview& overview, DisclosureRules const& rules) {
  hide_small_counts(overview.stock, rules);
  std::vector<std::optional<std::int64_t>*> events;
  for (auto& change : overview.changes) events.push_back(&change.events);
  hide_small_counts(events, rules);
  TimeTable table{{}, &overview.all};
  for (TimeRow& year : overview.years) table.rows.push_back(&year);
  // Without a calendar there is one row.
  TimeRow whole = overview.all;
  if (table.rows.empty()) table.rows.push_back(&whole);
  hide_person_time(table, rules);
  for (TimeRow& flag : overview.flags) hide_flag(flag, overview.all, rules);
  for (auto* const rows : {&overview.years, &overview.flags})
    for (TimeRow& row : *rows) round_years(row, rules);
  round_years(overview.all, rules);
}

}  // namespace utvei
