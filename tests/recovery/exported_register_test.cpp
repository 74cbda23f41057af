// SPDX-License-Identifier: Apache-2.0
// A result that is exported as a register and read again has the events and the minutes of its own tallies.
#include "support/world.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/output/register_export.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/study.hpp>

#include <cmath>
#include <filesystem>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;

constexpr std::string_view exported_model = R"(utvei: model/1
name: rich
regions: regions.csv
states:
  school: {group: education}
  work: {group: work, ends_at_age: {age: 67, to: {retired: 1}}}
  sick_leave: {group: work, limit: {after: 52 weeks, to: {aap: 0.65, work: 0.35}}}
  aap: {group: outside, limit: {after: 3 years, stay: 0.6, to: {work: 1}}}
  retired: {absorbing: true}
traits: {sex: [female, male], birth: [here, "else, where"]}
transitions:
  - {from: school, to: work, rate_per_year: 0.4}
  - {from: work, to: sick_leave, rates: work.csv}
  - {from: sick_leave, to: work, rates: sick_leave.csv}
  - {from: aap, to: work, rate_per_year: 0.2}
)";

constexpr std::string_view exported_scenario = R"(start: 2024-02-29
years: 6
population:
  persons: 3000
  state: {school: 2, work: 5, sick_leave: 2, aap: 1}
  age: {"17.25": 1, "40": 1, "64": 1}
  region: {"0301": 1, "4203": 2, "4204": 3}
  traits: {sex: {female: 1, male: 1}, birth: {here: 3, "else, where": 1}}
  time_in_state: {"0 days": 1, "100 days": 1, "11 months": 1}
seed: 5
breakdowns:
  - [region, sex, state]
)";

class ExportedRegister : public testing::Test {
 protected:
  ExportedRegister() {
    folder_.write("regions.csv",
                  "region;parent;level;name_nb\n03;;county;O\n0301;03;m;O\n42;;county;A\n4203;42;m;B\n4204;42;m;C\n");
    folder_.write("work.csv",
                  "from;to;rate_per_year;region;sex;age_from;age_to\n"
                  "work;sick_leave;0.3;03;female;;\nwork;sick_leave;0.2;03;male;;\n"
                  "work;sick_leave;0.25;42;female;;30\nwork;sick_leave;0.4;42;female;30;\n"
                  "work;sick_leave;0.2;42;male;;\n");
    folder_.write("sick_leave.csv",
                  "from;to;rate_per_year;days_from;days_to;year_from;year_to\n"
                  "sick_leave;work;4;0;90;;2026-07-01\nsick_leave;work;3;0;90;2026-07-01;\n"
                  "sick_leave;work;1;90;;;\n");
  }
  [[nodiscard]] support::World world(std::string const& more) const {
    return support::make_world(folder_, exported_model, std::string{exported_scenario} + more);
  }
  /// Through a file, as `export` does.
  [[nodiscard]] RunResult saved_and_loaded(RunResult const& result) const {
    auto const path = (folder_ / "result.h5").string();
    save_result(result, path);
    return load_result(path);
  }
  [[nodiscard]] Study read_back(RunResult const& result, support::World const& world) const {
    auto const files = register_of(result, world.scenario.model, world.rates, "../model.yaml");
    std::filesystem::create_directories(folder_ / "simulated");
    folder_.write("simulated/persons.csv", files.persons);
    folder_.write("simulated/spells.csv", files.spells);
    auto const path = folder_.write("simulated/study.yaml", files.study);
    Diagnostics diagnostics;
    Study study = read_study(path, {}, Request{}, diagnostics);
    throw_if_errors(diagnostics);
    EXPECT_TRUE(diagnostics.all().empty()) << render(diagnostics);
    return study;
  }
  support::TempFolder folder_;
};

LifeCourses lives_of(Study const& study) {
  Diagnostics diagnostics;
  LifeCourses lives = read_register(study, 2, diagnostics, nullptr);
  throw_if_errors(diagnostics);
  EXPECT_TRUE(diagnostics.all().empty()) << render(diagnostics);
  EXPECT_EQ(lives.counts.cut + lives.counts.covered + lives.counts.duplicates + lives.counts.zero_length, 0);
  return lives;
}

/// The cell of a table with these labels on its last axes.
double cell(Table const& table, std::vector<std::string> const& labels) {
  std::size_t flat = 0;
  std::size_t const before = table.dimensions.size() - labels.size();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    auto const& own = table.dimensions[before + i].labels;
    auto const found = std::ranges::find(own, labels[i]);
    if (found == own.end()) return 0;
    flat = flat * own.size() + static_cast<std::size_t>(found - own.begin());
  }
  return table.value(flat);
}

TEST_F(ExportedRegister, HasTheMinutesAndEventsOfTheTallies) {
  auto const here = world("life_courses: all\n");
  RunResult const result = saved_and_loaded(here.run(2));
  Study const study = read_back(result, here);
  Model const& model = study.model;
  LifeCourses const lives = lives_of(study);
  Exposure const counted = tabulate(lives, model, {region_axis(lives, model), trait_axis(TraitId{0}, model)}, 2);
  Table const& years = *result.table("person_years");
  Table const& events = *result.table("transitions");
  std::int64_t minutes = 0;
  std::vector<std::int64_t> all_changes(model.states.size() * model.states.size());
  for (std::size_t at = 0; at < counted.cells; ++at) {
    auto const places = counted.places(at);
    std::string const region = counted.axes[0].labels[places[0]];
    std::string const sex = counted.axes[1].labels[places[1]];
    for (StateId const state : ids_of(model.states)) {
      auto const own = counted.minutes[state][at];
      minutes += own;
      EXPECT_EQ(own, std::llround(cell(years, {region, sex, model.states[state].name}) * minutes_per_year));
    }
    for (TransitionId const t : ids_of(model.transitions)) {
      auto const& pair = model.transitions[t];
      all_changes[pair.from.value() * model.states.size() + pair.to.value()] += counted.events[t][at];
      // What rules do too is compared over all regions.
      if (!model.states[pair.from].limits.empty()) continue;
      EXPECT_EQ(counted.events[t][at], cell(events, {region, sex, pair.name})) << region << ' ' << pair.name;
    }
  }
  EXPECT_EQ(minutes, 3000 * (here.scenario.end - here.scenario.start).minutes);
  std::int64_t changes = 0;
  for (std::size_t from = 0; from < model.states.size(); ++from) {
    for (std::size_t to = 0; to < model.states.size(); ++to) {
      std::size_t const pair = from * model.states.size() + to;
      auto const ours = all_changes[pair] + counted.rule_changes[pair] + counted.unmodelled[pair];
      auto const name = model.states[StateId{from}].name + " -> " + model.states[StateId{to}].name;
      auto const& labels = events.dimensions.back().labels;
      bool const is_tallied = std::ranges::find(labels, name) != labels.end();
      EXPECT_EQ(ours, is_tallied ? support::total(result, "transitions", "transition", name) : 0) << name;
      changes += ours;
    }
  }
  EXPECT_GT(changes, 3000);
  EXPECT_GT(std::ranges::count_if(counted.rule_changes, [](auto n) { return n > 0; }), 3);
}

TEST_F(ExportedRegister, EstimatesByWhatTellsTheRatesApart) {
  auto const here = world("life_courses: {sample: 700}\n");
  Study const study = read_back(saved_and_loaded(here.run()), here);
  Diagnostics diagnostics;
  EstimateOptions const options = read_estimate_options(study, diagnostics);
  throw_if_errors(diagnostics);
  EXPECT_THAT(options.terms, testing::ElementsAre("sex", "age", "time_in_state", "period"));
  EXPECT_EQ(options.region, RegionEffect::pooled);
  EXPECT_EQ(options.age.starts, (std::vector<std::int64_t>{0, 30 * minutes_per_year}));
  EXPECT_EQ(options.time_in_state.starts, (std::vector<std::int64_t>{0, 90 * minutes_per_day}));
  EXPECT_EQ(options.period.starts,
            (std::vector<std::int64_t>{here.scenario.start.minutes, parse_date("2026-07-01")->minutes}));
  ASSERT_EQ(options.terms_for.size(), 4U);
  EXPECT_TRUE(options.terms_for[0].axes.empty());
  LifeCourses const lives = lives_of(study);
  EXPECT_EQ(lives.persons.size(), 700U);
  Exposure const counted = tabulate(lives, study.model, cell_axes(options, lives, study.model));
  EXPECT_EQ(counted.uncounted, Uncounted{});
  Fit const found = fit(counted, study.model, options, 2);
  EXPECT_EQ(found.data_class, "synthetic");
  for (auto const& transition : found.summary.transitions) EXPECT_TRUE(transition.converged);
}

TEST_F(ExportedRegister, NeedsLifeCoursesOfKnownPeople) {
  auto const here = world("");
  EXPECT_THROW(std::ignore = read_back(here.run(), here), InputError);
  RunResult old = world("life_courses: all\n").run();
  old.life_courses->people = {};
  try {
    std::ignore = read_back(old, here);
    FAIL();
  } catch (InputError const& error) {
    EXPECT_THAT(render(error.diagnostics()), HasSubstr("run the scenario again"));
  }
}

TEST_F(ExportedRegister, KnowsItsOwnFolder) {
  auto const here = world("life_courses: {sample: 10}\n");
  auto const folder = (folder_ / "simulated").string();
  EXPECT_EQ(look_at_register_folder(folder), RegisterFolder::empty);
  std::ignore = read_back(here.run(), here);
  EXPECT_EQ(look_at_register_folder(folder), RegisterFolder::written_by_export);
  folder_.write("simulated/spells.csv", "person,state,start,stop\n");
  EXPECT_EQ(look_at_register_folder(folder), RegisterFolder::of_somebody_else);
}

}  // namespace
}  // namespace utvei
