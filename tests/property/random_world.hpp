// SPDX-License-Identifier: Apache-2.0
// Random models, rate tables and populations for properties that hold for all of them.
#pragma once

#include "support/world.hpp"

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace utvei::property {

/// A whole number from `low` to `high`.
inline int pick(int low, int high) {
  return *rc::gen::inRange(low, high + 1);
}

/// Ascending cuts of an axis: none, one or two of `low` … `high`.
inline std::vector<int> pick_cuts(int low, int high) {
  std::vector<int> cuts;
  for (int cut = pick(low, high); cuts.size() < 2 && cut < high; cut = pick(cut + 1, high)) cuts.push_back(cut);
  return cuts;
}

/// `from;to` of each band that the cuts make.
inline std::vector<std::string> bands_of(std::vector<int> const& cuts) {
  std::vector<std::string> bands;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    bands.push_back((i == 0 ? "" : std::to_string(cuts[i - 1])) + ";" +
                    (i == cuts.size() ? "" : std::to_string(cuts[i])));
  }
  return bands;
}

struct RandomState {
  std::optional<int> limit_days;
  bool stay{false};
  std::optional<int> end_age;
};

/// States s0, s1, … and the absorbing state `gone`, which s0 always leads to.
struct RandomWorld {
  std::vector<RandomState> states;
  std::string model;
  std::string table{"from;to;region;age_from;age_to;days_from;days_to;year_from;year_to;rate_per_year\n"};
  std::string scenario;
  [[nodiscard]] support::World make(std::string const& more = {}) const {
    support::TempFolder const folder;
    folder.write("regions.csv", "region\nr0\nr1\n");
    folder.write("rates.csv", table);
    return support::make_world(folder, model, scenario + more);
  }
};

inline std::string state_name(std::size_t state) {
  return "s" + std::to_string(state);
}

/// Rates of one transition over random bands of all clocks.
inline void add_rates(RandomWorld& world, std::string const& from, std::string const& to) {
  auto const ages = bands_of(pick_cuts(18, 40));
  auto const days = bands_of(pick_cuts(20, 900));
  auto const years = bands_of(pick_cuts(2025, 2031));
  for (std::string const region : {"r0", "r1"}) {
    for (auto const& age : ages) {
      for (auto const& day : days) {
        for (auto const& year : years) {
          world.table += fmt::format("{};{};{};{};{};{};{}\n", from, to, region, age, day, year, pick(0, 40) / 10.0);
        }
      }
    }
  }
}

inline std::string describe(RandomWorld const& world, std::size_t state) {
  auto const& [limit, stay, age] = world.states[state];
  std::string text = fmt::format("  {}: {{", state_name(state));
  if (limit) {
    std::string const to = state_name((state + 1) % world.states.size());
    // With one state alone, the limit leads out of it.
    text += fmt::format("limit: {{after: {} days, stay: {}, to: {}}}", *limit, stay ? 0.5 : 0,
                        world.states.size() > 1 ? "{" + to + ": 0.4, gone: 0.6}" : "{gone: 1}");
  }
  if (age) text += fmt::format("{}ends_at_age: {{age: {}, to: {{gone: 1}}}}", limit ? ", " : "", *age);
  return text + "}\n";
}

inline RandomWorld random_world() {
  RandomWorld world;
  world.states.resize(static_cast<std::size_t>(pick(1, 4)));
  for (RandomState& state : world.states) {
    if (pick(0, 1) == 1) state.limit_days = pick(10, 800);
    state.stay = pick(0, 2) == 2;
    if (pick(0, 2) == 2) state.end_age = pick(19, 45);
  }
  world.model = "utvei: model/1\nname: random\nregions: regions.csv\nstates:\n";
  std::string transitions;
  std::string shares;
  for (std::size_t s = 0; s < world.states.size(); ++s) {
    world.model += describe(world, s);
    shares += fmt::format("{}: {}, ", state_name(s), 1 + s % 2);
    for (std::size_t t = 0; t <= world.states.size(); ++t) {
      // The next state, and gone from the first, so that each state has a way out.
      bool const always = t == (s + 1) % (world.states.size() + 1);
      if (t == s || !(always || (s == 0 && t == world.states.size()) || pick(0, 1) == 1)) continue;
      std::string const to = t == world.states.size() ? "gone" : state_name(t);
      transitions += fmt::format("  - {{from: {}, to: {}, rates: rates.csv}}\n", state_name(s), to);
      add_rates(world, state_name(s), to);
    }
  }
  world.model += "  gone: {absorbing: true}\ntransitions:\n" + transitions;
  world.scenario = fmt::format(
      "start: 2025-0{}-1{}\nyears: {}\nseed: {}\nlife_courses: all\nstock_dates: [\"11-16\"]\ngroups: 3\n"
      "age_groups: [16, 20, 30]\nbreakdowns: [[region, year, age_group, state], [state]]\npopulation:\n"
      "  persons: {}\n  state: {{{}}}\n  age: {{16: 1, 18.5: 1, 30.1: 2}}\n  region: {{r0: 1, r1: 2}}\n"
      "  time_in_state: {{0 days: 2, {} days: 1, {} days: 1}}\n",
      pick(1, 9), pick(0, 9), pick(1, 8), pick(0, 1000), pick(1, 60), shares.substr(0, shares.size() - 2), pick(1, 300),
      pick(301, 1200));
  return world;
}

/// Checks a property of random worlds; the seed is fixed, so that a run can be repeated.
template <class Property>
void check(Property const& holds) {
  rc::detail::TestParams parameters;
  parameters.seed = 20'250'101;
#ifdef UTVEI_SANITIZED
  parameters.maxSuccess = 25;
#endif
  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = testing::UnitTest::GetInstance()->current_test_info()->name();
  auto const result = rc::detail::checkTestable([&] { holds(random_world()); }, metadata, parameters);
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << message.str();
}

}  // namespace utvei::property
