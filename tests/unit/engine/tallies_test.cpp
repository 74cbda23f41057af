// SPDX-License-Identifier: Apache-2.0
// Tables against a plain count of the same life courses.
#include "../../../sim/engine/tally_calendar.hpp"
#include "rich_world.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using Cell = std::tuple<std::string, std::string, std::string, std::string, std::string>;

/// A table as a map from labels (region, year, age group, sex, last) to numbers, without cells that are zero. A stock
/// table has its date in the last label.
std::map<Cell, double> cells_of(Table const& table, bool stock = false) {
  std::map<Cell, double> cells;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table.value(i) == 0) continue;
    std::map<std::string, std::string> at;
    std::size_t rest = i;
    for (std::size_t d = table.dimensions.size(); d-- > 0;) {
      auto const& labels = table.dimensions[d].labels;
      at[table.dimensions[d].name] = labels[rest % labels.size()];
      rest /= labels.size();
    }
    std::string const last = at.contains("transition") ? at["transition"] : at["state"];
    cells[{at["region"], at["year"], at["age_group"], at["sex"], stock ? at["stock_date"] + " " + last : last}] =
        table.value(i);
  }
  return cells;
}

/// Counts life courses the slow way: each stay is cut wherever a calendar year or an age group begins.
class PlainCount {
 public:
  explicit PlainCount(support::World const& world) : world_{world} {}

  void add(PersonRow row, support::LifeCourse const& life) {
    for (auto const& stay : life) {
      add_time(row, stay);
      if (stay.end != support::Why::end) {
        minutes_or_events_of(events, row, Instant{stay.to - 1}, name(stay.state) + " -> " + name(stay.next)) += 1;
      }
      for (int year = 2025; year <= 2037; ++year) {
        for (auto const& [day, label] :
             {std::pair{date(year, 1, 1).value(), "01-01 "}, std::pair{date(year, 11, 16).value(), "11-16 "}}) {
          if (stay.from <= day.minutes && day.minutes < stay.to) {
            minutes_or_events_of(stock, row, day, label + name(stay.state)) += 1;
          }
        }
      }
    }
  }

  std::map<Cell, double> minutes, events, stock;

 private:
  void add_time(PersonRow row, support::Stay const& stay) {
    std::vector<std::int64_t> cuts{stay.from, stay.to};
    for (int year = 2025; year <= 2038; ++year) cuts.push_back(start_of_year(year).minutes);
    for (int const age : world_.scenario.age_groups) {
      cuts.push_back((world_.people.birth[row] + Duration{age * minutes_per_year}).minutes);
    }
    std::ranges::sort(cuts);
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      if (cuts[i] < stay.from || cuts[i + 1] > stay.to || cuts[i] == cuts[i + 1]) continue;
      minutes_or_events_of(minutes, row, Instant{cuts[i]}, name(stay.state)) +=
          static_cast<double>(cuts[i + 1] - cuts[i]);
    }
  }
  /// The cell that holds the minute from `at` on.
  double& minutes_or_events_of(std::map<Cell, double>& cells, PersonRow row, Instant at,
                               std::string const& last) const {
    auto const age = (at - world_.people.birth[row]).minutes / minutes_per_year;
    std::string const group = age < 25   ? "16-24"
                              : age < 30 ? "25-29"
                              : age < 50 ? "30-49"
                              : age < 62 ? "50-61"
                              : age < 67 ? "62-66"
                                         : "67+";
    return cells[{world_.scenario.model.regions[world_.people.region[row]].code, std::to_string(year_of(at)), group,
                  world_.people.traits[0][row] == 0 ? "female" : "male", last}];
  }
  [[nodiscard]] std::string const& name(std::uint16_t state) const {
    return world_.scenario.model.states[StateId{state}].name;
  }
  support::World const& world_;
};

class EngineTallies : public testing::Test {
 protected:
  support::World const world_ = rich::world();
  RunResult const result_ = world_.run();
};

TEST_F(EngineTallies, AreWhatLifeCoursesCount) {
  PlainCount plain{world_};
  auto const rows = support::rows_of(world_.people);
  for (auto const& [person, life] : support::life_courses_of(result_)) plain.add(rows.at(person), life);
  auto const years = cells_of(*result_.table("person_years"));
  ASSERT_EQ(years.size(), plain.minutes.size());
  for (auto const& [cell, minutes] : plain.minutes) {
    ASSERT_EQ(years.at(cell), minutes / static_cast<double>(minutes_per_year)) << std::get<4>(cell);
  }
  EXPECT_EQ(cells_of(*result_.table("transitions")), plain.events);
  EXPECT_EQ(cells_of(*result_.table("stock"), true), plain.stock);
}

TEST_F(EngineTallies, HoldEverybodysWholeTime) {
  double sum = 0;
  Table const& years = *result_.table("person_years");
  for (std::size_t i = 0; i < years.size(); ++i) sum += years.value(i);
  EXPECT_NEAR(sum, 3000 * in_years(world_.scenario.end - world_.scenario.start), 1e-6);
  for (auto const& state : {"school", "work", "sick_leave", "aap", "disability", "unknown", "retired"}) {
    EXPECT_GT(support::total(result_, "person_years", "state", state), 0) << state;
  }
}

TEST_F(EngineTallies, OfGroupsSumToTheTables) {
  for (Table const& table : result_.tables) {
    Table const& by_group = *result_.group_table(table.name);
    ASSERT_EQ(by_group.dimensions[1].name, "group");
    ASSERT_EQ(by_group.size(), 10 * table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
      double sum = 0;
      for (std::size_t g = 0; g < 10; ++g) sum += by_group.value(g * table.size() + i);
      ASSERT_NEAR(sum, table.value(i), 1e-9 * (1 + table.value(i))) << table.name;
    }
  }
}

TEST_F(EngineTallies, OfCoarserBreakdownsAreSumsOfFinerOnes) {
  support::World coarse = world_;
  coarse.scenario.breakdowns = {{{TallyDimension::Kind::state}}};
  RunResult const result = coarse.run();
  for (State const& state : world_.scenario.model.states) {
    EXPECT_NEAR(support::total(result, "person_years", "state", state.name),
                support::total(result_, "person_years", "state", state.name), 1e-6);
    EXPECT_EQ(support::total(result, "stock", "state", state.name),
              support::total(result_, "stock", "state", state.name));
  }
}

TEST(TallyCalendar, FindsTheYearAndTheStockDatesOfAMoment) {
  Instant const start = date(2025, 6, 15).value();
  TallyCalendar const calendar{start, date(2028, 6, 15).value(), {{11, 16}, {1, 1}}};
  EXPECT_EQ(calendar.year_labels(), (std::vector<std::string>{"2025", "2026", "2027", "2028"}));
  EXPECT_EQ(calendar.minutes_of_year(0), 200 * minutes_per_day);
  EXPECT_EQ(calendar.minutes_of_year(1), 365 * minutes_per_day);
  EXPECT_EQ(calendar.minutes_of_year(3), 166 * minutes_per_day);
  ASSERT_EQ(calendar.stock_dates().size(), 6U);
  EXPECT_EQ(calendar.stock_dates()[0].time, date(2025, 11, 16));
  EXPECT_EQ(calendar.stock_dates()[1].time, date(2026, 1, 1));
  auto const new_year = calendar.locate(date(2026, 1, 1).value());
  EXPECT_EQ(new_year.year, 1U);
  EXPECT_EQ(new_year.last_year, 0U);
  EXPECT_EQ(new_year.into_year, 0);
  EXPECT_EQ(new_year.stocks, 1U);
  auto const later = calendar.locate(date(2026, 1, 1).value() + Duration{1});
  EXPECT_EQ(later.year, 1U);
  EXPECT_EQ(later.last_year, 1U);
  EXPECT_EQ(later.into_year, 1);
  EXPECT_EQ(later.stocks, 2U);
  EXPECT_EQ(calendar.locate(start).into_year, 0);
  EXPECT_EQ(calendar.locate(start).last_year, 0U);
}

}  // namespace
}  // namespace utvei
