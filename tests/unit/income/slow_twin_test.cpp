// SPDX-License-Identifier: Apache-2.0
// The same numbers, computed slowly from the exported life courses: people in households who move, die and join.
#include "support/income_world.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view many_model = R"(utvei: model/1
name: small
regions: regions.csv
states: {school: {}, work: {}, ill: {limit: {after: 52 weeks, to: {aap: 0.7, work: 0.3}}}, aap: {}, dead: {absorbing: true}}
traits: {sex: [female, male]}
transitions:
  - {from: school, to: work, rate_per_year: 0.4}
  - {from: work, to: ill, rate_per_year: 0.3}
  - {from: work, to: school, rate_per_year: 0.05}
  - {from: ill, to: work, rate_per_year: 1.5}
  - {from: aap, to: work, rate_per_year: 0.2}
  - {from: ill, to: dead, rate_per_year: 0.1}
  - {from: aap, to: dead, rate_per_year: 0.05}
)";
constexpr std::string_view many_scenario = R"(start: 2025-01-01
years: 7
population: people.csv
seed: 7
groups: 10
life_courses: all
demography:
  entrants: {file: entrants.csv, state: school, age: 16}
  moves: {rates: moving.csv, to: destinations.csv}
)";
constexpr std::string_view many_income = R"(base_amounts: {2024: 100000, 2025: 104000, 2026: 108000}
growth: 0.03
kroner_of: 2024
earnings: {amount: earnings.csv, factors: factors.csv, spread: 0.4}
states:
  school: {amount: 0.6 G, taxed: false}
  work: {earnings: 1}
  ill: {benefit: {share: 1, of: full_earnings, ceiling: 6 G}}
  aap: {benefit: {share: 0.66, of: [{years: 1}, {years: 3}], ceiling: 6 G, floor: floor.csv}, earned_before: 0.5}
  dead: outside
taxes: [{above: 0.9 G, rate: 0.25}, {above: 6 G, rate: 0.4}]
household: {children_below: 17, per_child: 0.15 G}
)";

constexpr int first_year = 2025;
constexpr std::size_t years = 7;

void write_files(support::TempFolder const& folder) {
  folder.write("regions.csv", "region;parent\nN;\nS;\n");
  folder.write("entrants.csv", "region;sex;count\nN;female;20\nS;male;15\n");
  folder.write("moving.csv", "rate_per_year\n0.1\n");
  folder.write("destinations.csv", "from;to;count\nN;S;1\nS;N;1\n");
  folder.write("earnings.csv", "sex;age_from;age_to;amount\n;;30;400000\nfemale;30;;500000\nmale;30;;600000\n");
  folder.write("factors.csv", "region;factor\nN;1.1\nS;0.9\n");
  folder.write("floor.csv", "age_from;age_to;base_amounts\n;25;1.36\n25;;2.041\n");
  std::array<std::string, 4> const states{"work", "school", "ill", "aap"};
  std::string people = "person;state;age;region;sex;household\n";
  for (int i = 0; i < 2000; ++i)
    people += fmt::format("p{};{};{};{};{};{}\n", i, states[static_cast<std::size_t>(i * 7 / 3 % 4)], 10 + i * 37 % 50,
                          i % 3 == 0 ? "N" : "S", i % 2 == 0 ? "male" : "female",
                          i % 11 == 0 ? std::string{} : fmt::format("h{}", i * 5 / 13));
  folder.write("people.csv", people);
}

/// Everything of one person that the slow computation needs.
struct Known {
  std::uint64_t key{0};
  PersonRow row;
  std::array<double, years> income{};
  std::array<bool, years> counts{};
  std::array<std::string, years> region;
};

class Twin {
 public:
  Twin(support::IncomeWorld const& made, RunResult const& run) : made_{made} {
    auto const rows = support::rows_of(made.world.people);
    for (auto const& [key, life] : support::life_courses_of(run)) {
      Known& known = people_.emplace_back();
      known.key = key;
      known.row = rows.at(key);
      live(known, life, run);
    }
    share();
  }
  std::vector<Known> people_;
  std::array<std::vector<std::string>, years> types_;

 private:
  static double base(int year) {
    if (year == 2025) return 104'000;
    return 108'000 * std::pow(1.03, year - 2026);
  }

  [[nodiscard]] std::string region_at(Known const& known, RunResult const& run, std::int64_t time) const {
    auto const& lives = *run.life_courses;
    std::string region = made_.world.scenario.model.regions[made_.world.people.region[known.row]].code;
    for (std::size_t i = 0; i < lives.changes.person.size(); ++i)
      if (lives.changes.person[i] == known.key && lives.changes.time[i] <= time)
        region = lives.people.region_codes[lives.changes.value[i]];
    return region;
  }

  [[nodiscard]] double full(Known const& known, int year, std::string const& region) const {
    Population const& people = made_.world.people;
    double const z = standard_normal(RandomKey{7, 0, 0}, PersonKey{known.key}, stream_of("income: earnings"), 0);
    double const age = in_years(start_of_year(year + 1) - people.birth[known.row]);
    double const amount = age < 30 ? 400'000 : people.traits[0][known.row] == 0 ? 500'000 : 600'000;
    return std::round(amount * base(year) / 100'000 * std::exp(0.4 * z - 0.08) * (region == "N" ? 1.1 : 0.9));
  }

  void live(Known& known, support::LifeCourse const& life, RunResult const& run) {
    auto const& names = run.life_courses->states;
    // Cut at each move and New Year.
    std::vector<std::int64_t> cuts;
    for (std::size_t y = 0; y <= years; ++y) cuts.push_back(start_of_year(first_year + static_cast<int>(y)).minutes);
    for (std::size_t i = 0; i < run.life_courses->changes.person.size(); ++i)
      if (run.life_courses->changes.person[i] == known.key) cuts.push_back(run.life_courses->changes.time[i]);
    std::ranges::sort(cuts);
    std::vector<double> history;  // of all years that have gone, the last one last
    std::vector<double> counting;
    std::string before;
    std::array<double, years> earned{};
    std::array<double, years> taxed{};
    std::array<double, years> untaxed{};
    std::array<double, years> present{};
    int last = year_of(Instant{life.front().from});
    {
      std::string const start = names[life.front().state];
      double const share = start == "work" ? 1 : start == "aap" ? 0.5 : 0;
      double const g = full(known, last, region_at(known, run, life.front().from)) / base(last);
      history.assign(5, share * g);
    }
    auto const close = [&](int year) {
      for (; last < year; ++last) {
        auto const y = static_cast<std::size_t>(last - first_year);
        double const minutes = static_cast<double>((start_of_year(last + 1) - start_of_year(last)).minutes);
        history.push_back(std::floor(earned[y] / minutes) / base(last));
      }
    };
    for (support::Stay const& stay : life) {
      std::string const& state = names[stay.state];
      for (std::int64_t from = stay.from; from < stay.to;) {
        auto const cut = std::ranges::upper_bound(cuts, from);
        std::int64_t const to = cut == cuts.end() ? stay.to : std::min(*cut, stay.to);
        int const year = year_of(Instant{from});
        close(year);
        auto const y = static_cast<std::size_t>(year - first_year);
        auto const minutes = static_cast<double>(to - from);
        double const pay = full(known, year, region_at(known, run, from));
        if (state != "dead") present[y] += minutes;
        if (state == "school") untaxed[y] += minutes * std::round(0.6 * base(year));
        if (state == "work") earned[y] += minutes * pay, taxed[y] += minutes * pay;
        if (state == "ill") {
          double const paid = std::round(std::min(pay, 6 * base(year)));
          earned[y] += minutes * paid, taxed[y] += minutes * paid;
        }
        bool const had = before == "ill" || before == "aap";
        if ((state == "ill" || state == "aap") && !had) counting = history;
        if (state == "aap") {
          std::size_t const n = counting.size();
          double const mean = (counting[n - 1] + counting[n - 2] + counting[n - 3]) / 3;
          double const age = in_years(start_of_year(year + 1) - made_.world.people.birth[known.row]);
          double const floor = (age < 25 ? 1.36 : 2.041) * base(year);
          double const counts = std::min(std::max(counting.back(), mean), 6.0) * base(year);
          taxed[y] += minutes * std::round(std::max(floor, 0.66 * counts));
        }
        before = state;
        from = to;
      }
    }
    for (std::size_t y = 0; y < years; ++y) {
      int const year = first_year + static_cast<int>(y);
      double const minutes = static_cast<double>((start_of_year(year + 1) - start_of_year(year)).minutes);
      double const gross = std::floor(taxed[y] / minutes);
      double const low = std::clamp(gross - 0.9 * base(year), 0.0, 5.1 * base(year));
      double const high = std::max(0.0, gross - 6 * base(year));
      known.counts[y] = present[y] == minutes;
      known.income[y] = gross - std::round(0.25 * low + 0.4 * high) + std::floor(untaxed[y] / minutes);
      known.region[y] = region_at(known, run, start_of_year(year + 1).minutes);
    }
  }

  void share() {
    Population const& people = made_.world.people;
    for (auto& types : types_) types.resize(people_.size());
    std::map<std::string, std::vector<std::size_t>> homes;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      std::size_t const row = people_[i].row.value();
      std::uint32_t const number = row < people.household.size() ? people.household[people_[i].row] : 0;
      homes[number > 0 ? fmt::format("h{}", number) : fmt::format("alone{}", i)].push_back(i);
    }
    for (auto const& [name, members] : homes) {
      for (std::size_t y = 0; y < years; ++y) {
        int const year = first_year + static_cast<int>(y);
        double sum = 0;
        int adults = 0;
        int children = 0;
        for (std::size_t const i : members) {
          if (!people_[i].counts[y]) continue;
          sum += people_[i].income[y];
          bool const child = in_years(start_of_year(year + 1) - people.birth[people_[i].row]) < 17;
          (child ? children : adults) += 1;
        }
        sum += children * std::round(0.15 * base(year));
        double const tenths = adults > 0 ? 5 + 5 * adults + 3 * children : 7 + 3 * children;
        std::string const kind = adults == 1 ? "one_adult" : adults == 2 ? "two_adults" : "other";
        for (std::size_t const i : members) {
          if (people_[i].counts[y]) people_[i].income[y] = std::floor(sum * 10 / tenths);
          types_[y][i] = kind + (kind != "other" && children > 0 ? "_with_children" : "");
        }
      }
    }
  }

  support::IncomeWorld const& made_;
};

double median_of(std::vector<Known> const& people, std::size_t y) {
  std::vector<double> values;
  for (Known const& known : people)
    if (known.counts[y]) values.push_back(known.income[y]);
  std::ranges::sort(values);
  std::size_t const n = values.size();
  return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

class IncomeOfManyLives : public testing::Test {
 protected:
  IncomeOfManyLives() { write_files(folder_); }
  support::TempFolder folder_;
};

TEST_F(IncomeOfManyLives, AgreesWithASlowComputationFromTheirLifeCourses) {
  auto const made = support::make_income_world(folder_, many_model, many_scenario, many_income);
  Twin const twin{made, made.world.run()};
  auto const fast = made.run(2);
  Table const& state = support::table_of(fast, "income_state");
  Table const& sums = support::table_of(fast, "income_sum");
  std::array<double, years> medians{};
  for (std::size_t y = 0; y < years; ++y) medians[y] = median_of(twin.people_, y);
  std::map<std::array<std::string, 4>, double> chain;
  std::map<std::array<std::string, 3>, double> kroner;
  for (std::size_t i = 0; i < twin.people_.size(); ++i) {
    Known const& known = twin.people_[i];
    for (std::size_t y = 0; y < years; ++y) {
      if (!known.counts[y]) continue;
      std::string const year = std::to_string(first_year + static_cast<int>(y));
      bool const three = y >= 2 && known.counts[y - 1] && known.counts[y - 2];
      bool const persistent = three && known.income[y] + known.income[y - 1] + known.income[y - 2] <
                                           0.6 * (medians[y] + medians[y - 1] + medians[y - 2]);
      bool const low = known.income[y] < 0.6 * medians[y];
      std::string const& type = twin.types_[y][i];
      chain[{known.region[y], year, type, persistent ? "persistently_low" : low ? "low" : "not_low"}] += 1;
      kroner[{known.region[y], year, type}] += known.income[y];
    }
  }
  double counted = 0;
  for (auto const& [cell, people] : chain) {
    auto const found = support::sum_where(
        state, {{"region", cell[0]}, {"year", cell[1]}, {"household_type", cell[2]}, {"income_state", cell[3]}});
    EXPECT_EQ(found, people) << cell[0] << ' ' << cell[1] << ' ' << cell[2] << ' ' << cell[3];
    counted += people;
  }
  EXPECT_EQ(support::sum_where(state, {}), counted);
  EXPECT_GT(support::sum_where(state, {{"income_state", "persistently_low"}}), 300);
  for (auto const& [cell, amount] : kroner)
    EXPECT_NEAR(support::sum_where(sums, {{"region", cell[0]}, {"year", cell[1]}, {"household_type", cell[2]}}), amount,
                20);
  for (std::size_t y = 0; y < years; ++y) EXPECT_NEAR(support::table_of(fast, "median_income").value(y), medians[y], 1);
}

TEST_F(IncomeOfManyLives, IsTheSameForAnyNumberOfThreads) {
  auto const made =
      support::make_income_world(folder_, many_model, std::string{many_scenario} + "replicates: 2\n", many_income);
  auto const one = made.run(1);
  auto const three = made.run(3);
  EXPECT_EQ(one.tables, three.tables);
  EXPECT_EQ(one.group_tables, three.group_tables);
}

TEST_F(IncomeOfManyLives, MovesOnlyAsTheChainDoes) {
  auto const fast = support::make_income_world(folder_, many_model, many_scenario, many_income).run();
  Table const& state = support::table_of(fast, "income_state");
  Table const& moves = support::table_of(fast, "income_transitions");
  for (std::string const name : {"not_low", "low", "persistently_low"}) {
    double came = 0;
    double left = 0;
    for (std::string const other : {"not_low", "low", "persistently_low", "not_counted"}) {
      came += support::sum_where(moves, {{"year", "2029"}, {"income_transition", other + " -> " + name}});
      left += support::sum_where(moves, {{"year", "2029"}, {"income_transition", name + " -> " + other}});
    }
    EXPECT_EQ(came, support::sum_where(state, {{"year", "2029"}, {"income_state", name}}));
    EXPECT_EQ(left, support::sum_where(state, {{"year", "2028"}, {"income_state", name}}));
  }
}

TEST_F(IncomeOfManyLives, HasGroupsThatSumToAll) {
  auto const fast = support::make_income_world(folder_, many_model, many_scenario, many_income).run();
  Table const& groups = fast.group_tables.front();
  Table const& state = support::table_of(fast, "income_state");
  EXPECT_EQ(groups.dimensions[1].name, "group");
  for (std::string const region : {"N", "S"})
    EXPECT_EQ(support::sum_where(groups, {{"region", region}, {"year", "2028"}, {"income_state", "low"}}),
              support::sum_where(state, {{"region", region}, {"year", "2028"}, {"income_state", "low"}}));
}

}  // namespace
}  // namespace utvei
