// SPDX-License-Identifier: Apache-2.0
#include "support/world.hpp"

#include <utvei/analysis/levers.hpp>
#include <utvei/analysis/pathway_flows.hpp>
#include <utvei/cohort/expected_occupation.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

LeverOptions levers_of_outcome(support::World const& world, std::string const& name) {
  LeverOptions options;
  options.outcomes = {lever_outcome(world.scenario.model, name).value()};
  options.threads = 1;
  return options;
}

LeverReport levers_in(support::World const& world, LeverOptions const& options) {
  return find_levers(world.scenario, world.rates, world.people, options);
}

RateLever const& lever_in(LeverReport const& report, Model const& model, std::string const& transition,
                          LeverCell const& cell = {}) {
  auto const id = model.transition(transition).value();
  auto const found = std::ranges::find_if(
      report.rates, [&](RateLever const& lever) { return lever.transition == id && lever.cell == cell; });
  EXPECT_NE(found, report.rates.end()) << transition;
  return *found;
}

/// Person-years outside and people outside at the end, with some rates multiplied in the scenario itself: by another
/// way than the derivatives.
LeverAmount outside_with(support::World const& world, Change const& change) {
  Scenario scenario = world.scenario;
  scenario.changes.push_back(change);
  Diagnostics diagnostics;
  RunPlan const plan = compile(scenario, world.rates, world.people, 0, diagnostics);
  throw_if_errors(diagnostics);
  CohortOptions options;
  options.threads = 1;
  auto const expected = expected_occupation(plan, group_people(plan, world.people),
                                            {{plan.end}, {plan.start, plan.end}, {}}, {}, options);
  LeverAmount amount;
  for (StateId const state : ids_of(plan.states)) {
    if (scenario.model.states[state].group != "outside") continue;
    for (std::uint32_t profile = 0; profile < expected.profiles; ++profile) {
      amount.person_years += expected.expected.person_years[expected.at(0, 0, profile, state)];
      amount.at_end += expected.expected.people[expected.at(0, 0, profile, state)];
    }
  }
  return amount;
}

void expect_as_differences(support::World const& world, LeverReport const& report, RateLever const& lever) {
  Change change;
  change.transitions = {lever.transition};
  change.traits.resize(world.scenario.model.traits.size());
  if (lever.cell.region) change.regions = {report.regions[*lever.cell.region]};
  if (lever.cell.age_group) change.age = report.ages[*lever.cell.age_group];
  constexpr double apart = 0.01;
  change.ratio.mean = std::exp(apart);
  LeverAmount const more = outside_with(world, change);
  change.ratio.mean = std::exp(-apart);
  LeverAmount const less = outside_with(world, change);
  double const years = (more.person_years - less.person_years) / 2 * (0.01 / apart);
  double const end = (more.at_end - less.at_end) / 2 * (0.01 / apart);
  std::string const what = world.scenario.model.transitions[lever.transition].name;
  EXPECT_NEAR(lever.effects[0].mean.person_years, years, 0.01 * std::abs(years) + 1e-6) << what;
  EXPECT_NEAR(lever.effects[0].mean.at_end, end, 0.01 * std::abs(end) + 1e-6) << what;
}

support::World workload_two(std::uint64_t persons) {
  support::TempFolder const folder;
  auto const bench = std::filesystem::path{UTVEI_SOURCE_DIR} / "bench" / "w2" / "make_rates.py";
  EXPECT_EQ(std::system(("python3 '" + bench.string() + "' '" + folder.path().string() + "'").c_str()), 0);
  support::World world = support::read_world((folder / "w2.yaml").string());
  Diagnostics diagnostics;
  world.scenario.population.persons = persons;
  world.scenario.age_groups = {30, 50};
  world.people = make_population(world.scenario.population, world.scenario.model, world.scenario.start, diagnostics);
  throw_if_errors(diagnostics);
  return world;
}

TEST(Levers, OfW2AreThoseOfFiniteDifferences) {
  support::World const world = workload_two(16'000);
  LeverOptions options = levers_of_outcome(world, "outside");
  options.region_level = "region";
  options.by_age = true;
  LeverReport const report = levers_in(world, options);
  EXPECT_EQ(report.method, LeverMethod::equations);
  std::size_t all = 0;
  for (RateLever const& lever : report.rates) {
    bool const is_all = lever.cell == LeverCell{};
    // Each transition as a whole, and a few of the 21 × 16 × 3 cells.
    bool const is_tried = is_all || (*lever.cell.region % 15 == 0 && lever.transition.value() % 5 == 1);
    if (is_tried) expect_as_differences(world, report, lever);
    all += is_all ? 1 : 0;
  }
  EXPECT_EQ(all, 21U);
}

TEST(Levers, OfAllCellsSumToTheTransition) {
  support::World const world = workload_two(1'600);
  LeverOptions options = levers_of_outcome(world, "outside");
  options.region_level = "region";
  options.by_age = true;
  LeverReport const report = levers_in(world, options);
  RateLever const& whole = lever_in(report, world.scenario.model, "aap -> work");
  double sum = 0;
  double events = 0;
  for (RateLever const& lever : report.rates) {
    if (lever.transition != whole.transition || lever.cell == LeverCell{}) continue;
    sum += lever.effects[0].mean.person_years;
    events += lever.events;
  }
  EXPECT_NEAR(sum, whole.effects[0].mean.person_years, 1e-9 * std::abs(sum));
  EXPECT_NEAR(events, whole.events, 1e-9 * events);
  EXPECT_LT(sum, 0);
}

constexpr std::string_view one_way_out =
    "utvei: model/1\nname: out\nstates: {in: {group: outside}, out: {absorbing: true}}\ntransitions:\n"
    "  - {from: in, to: out, rate_per_year: 0.7}\n";

TEST(Levers, OfOneWayOutAreTheClosedForm) {
  auto const world = support::make_world(
      one_way_out, "start: 2025-01-01\nyears: 3\nbreakdowns: [[state]]\npopulation: {persons: 100, state: in}\n");
  auto const report = levers_in(world, levers_of_outcome(world, "in"));
  double const years = report.years;
  double const left = std::exp(-0.7 * years);
  EXPECT_NEAR(report.totals[0].person_years, 100 * (1 - left) / 0.7, 1e-8);
  EXPECT_NEAR(report.totals[0].at_end, 100 * left, 1e-8);
  auto const& effect = lever_in(report, world.scenario.model, "in -> out").effects[0].mean;
  // d/dθ of (1 − e^(−λT)) / λ with λ = 0.7 e^θ: T e^(−λT) − (1 − e^(−λT)) / λ.
  EXPECT_NEAR(effect.person_years, years * left - (1 - left) / 0.7, 1e-8);
  EXPECT_NEAR(effect.at_end, -0.7 * years * left, 1e-8);
  EXPECT_NEAR(report.rates[0].events, 100 * (1 - left), 1e-8);
}

/// Sick leave and a benefit with a limit, by region and sex, at rates that change with age and time.
constexpr std::string_view two_regions =
    "utvei: model/1\nname: two\nregions: regions.csv\n"
    "states:\n  work: {group: work}\n  sick: {group: work, limit: {after: 1 years, stay: 0.2, to: {aap: 0.7, work: "
    "0.3}}}\n"
    "  aap: {group: outside}\n  gone: {group: outside, absorbing: true}\n"
    "transitions:\n  - {from: work, to: sick, rate_per_year: 0.4}\n  - {from: sick, to: work, rate_per_year: 1.2}\n"
    "  - {from: aap, to: work, rates: aap.csv}\n  - {from: aap, to: gone, rate_per_year: 0.1}\n";
constexpr std::string_view two_regions_run =
    "start: 2025-01-01\nyears: 6\nbreakdowns: [[state]]\nage_groups: [18, 40]\nseed: 5\n"
    "population: {persons: 20000, state: work, age: {20: 1, 50: 1}, region: {a: 1, b: 2}}\n";

support::World world_of_two_regions(std::string const& more = "") {
  support::TempFolder const folder;
  folder.write("regions.csv", "region\na\nb\n");
  folder.write("moving.csv", "region;rate_per_year\na;0.3\nb;0.1\n");
  folder.write("to.csv", "from;to;count\na;b;1\nb;a;1\n");
  folder.write("aap.csv",
               "from;to;region;age_from;age_to;rate_per_year\naap;work;a;;40;0.5\naap;work;a;40;;0.2\n"
               "aap;work;b;;40;0.4\naap;work;b;40;;0.1\n");
  return support::make_world(folder, two_regions, std::string{two_regions_run} + more);
}

/// Whether numbers with an error agree with those without.
void expect_within_errors(LeverReport const& sure, LeverReport const& simulated) {
  double squares = 0;
  double compared = 0;
  for (RateLever const& lever : sure.rates) {
    auto const other = std::ranges::find_if(simulated.rates, [&](RateLever const& each) {
      return each.transition == lever.transition && each.cell == lever.cell;
    });
    ASSERT_NE(other, simulated.rates.end());
    LeverEffect const& effect = other->effects[0];
    ASSERT_TRUE(effect.mc_se);
    double const years = (effect.mean.person_years - lever.effects[0].mean.person_years) / effect.mc_se->person_years;
    double const end = (effect.mean.at_end - lever.effects[0].mean.at_end) / effect.mc_se->at_end;
    EXPECT_LT(std::abs(years), 4) << lever.transition.value();
    EXPECT_LT(std::abs(end), 4) << lever.transition.value();
    squares += years * years + end * end;
    compared += 2;
  }
  EXPECT_GT(squares / compared, 0.2);
  EXPECT_LT(squares / compared, 2.5);
}

TEST(Levers, OfScoresAreThoseOfTheEquations) {
  auto const world = world_of_two_regions();
  LeverOptions options = levers_of_outcome(world, "outside");
  options.region_level = "region";
  options.by_age = true;
  LeverReport const sure = levers_in(world, options);
  options.method = LeverMethod::scores;
  LeverReport const simulated = levers_in(world, options);
  EXPECT_EQ(simulated.rates.size(), 4U * 5U);
  EXPECT_NEAR(simulated.totals[0].person_years / sure.totals[0].person_years, 1, 0.05);
  expect_within_errors(sure, simulated);
  RateLever const& lever = lever_in(simulated, world.scenario.model, "aap -> work");
  EXPECT_LT(lever.effects[0].mc_se->person_years, 0.2 * std::abs(lever.effects[0].mean.person_years));
}

TEST(Levers, OfCommonLuckAreThoseOfTheEquations) {
  auto const world = world_of_two_regions();
  LeverOptions options = levers_of_outcome(world, "outside");
  LeverReport const sure = levers_in(world, options);
  options.method = LeverMethod::common_luck;
  LeverReport const simulated = levers_in(world, options);
  expect_within_errors(sure, simulated);
  ASSERT_EQ(sure.rules.size(), 2U);
  ASSERT_EQ(simulated.rules.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    LeverEffect const& effect = simulated.rules[i].effects[0];
    EXPECT_LT(std::abs(effect.mean.person_years - sure.rules[i].effects[0].mean.person_years),
              4 * effect.mc_se->person_years);
  }
}

TEST(Levers, OfScoresAreThoseOfCommonLuckWherePeopleMove) {
  auto const world = world_of_two_regions("demography: {moves: {rates: moving.csv, to: to.csv}}\n");
  LeverOptions options = levers_of_outcome(world, "outside");
  options.region_level = "region";
  LeverReport const scored = levers_in(world, options);
  EXPECT_EQ(scored.method, LeverMethod::scores);
  EXPECT_FALSE(scored.why_not_equations.empty());
  options.method = LeverMethod::common_luck;
  LeverReport const differenced = levers_in(world, options);
  EXPECT_NEAR(scored.totals[0].person_years, differenced.totals[0].person_years, 1e-6);
  for (RateLever const& lever : scored.rates) {
    auto const other = std::ranges::find_if(differenced.rates, [&](RateLever const& each) {
      return each.transition == lever.transition && each.cell == lever.cell;
    });
    ASSERT_NE(other, differenced.rates.end());
    LeverEffect const& a = lever.effects[0];
    LeverEffect const& b = other->effects[0];
    EXPECT_LT(std::abs(a.mean.person_years - b.mean.person_years),
              4 * std::hypot(a.mc_se->person_years, b.mc_se->person_years));
    EXPECT_LT(std::abs(a.mean.at_end - b.mean.at_end), 4 * std::hypot(a.mc_se->at_end, b.mc_se->at_end));
  }
}

TEST(Levers, OfADelayAreTheClosedForm) {
  // Everybody has twice the rate at once, or after a month of the old one.
  auto const world = support::make_world(
      one_way_out,
      "start: 2025-01-01\nyears: 3\nbreakdowns: [[state]]\npopulation: {persons: 20000, state: in}\nseed: 3\n"
      "measures:\n  - {name: help, who: {state: in}, effects: [{transition: in -> out, hazard_ratio: 2}]}\n");
  auto const report = levers_in(world, levers_of_outcome(world, "in"));
  EXPECT_EQ(report.method, LeverMethod::common_luck);
  auto const delay = std::ranges::find(report.rules, RuleLever::Kind::delay, &RuleLever::kind);
  ASSERT_NE(delay, report.rules.end());
  auto const stays = [&](double wait) {
    double const rest = report.years - wait;
    return 20'000 * ((1 - std::exp(-0.7 * wait)) / 0.7 + std::exp(-0.7 * wait) * (1 - std::exp(-1.4 * rest)) / 1.4);
  };
  LeverEffect const& effect = delay->effects[0];
  EXPECT_NEAR(report.totals[0].person_years, stays(0), 0.03 * stays(0));
  EXPECT_NEAR(effect.mean.person_years, stays(1.0 / 12) - stays(0), 4 * effect.mc_se->person_years);
  EXPECT_GT(effect.mean.person_years, 8 * effect.mc_se->person_years);
}

TEST(Levers, AreTheSameForAnyNumberOfThreads) {
  auto const world = world_of_two_regions();
  LeverOptions options = levers_of_outcome(world, "aap");
  options.method = LeverMethod::scores;
  options.region_level = "region";
  LeverReport const one = levers_in(world, options);
  options.threads = 3;
  LeverReport const three = levers_in(world, options);
  for (std::size_t i = 0; i < one.rates.size(); ++i) {
    EXPECT_EQ(one.rates[i].effects[0].mean.person_years, three.rates[i].effects[0].mean.person_years);
    EXPECT_EQ(one.rates[i].effects[0].mc_se->at_end, three.rates[i].effects[0].mc_se->at_end);
  }
}

TEST(Levers, OfALimitAreTheTimeThatItIsMoved) {
  // 100 people leave after two years, but a fifth, who stay for good.
  auto const world = support::make_world(
      "utvei: model/1\nname: limit\nstates:\n  in: {group: outside, limit: {after: 2 years, stay: 0.2, to: {out: 1}}}\n"
      "  out: {absorbing: true}\ntransitions: []\n",
      "start: 2025-01-01\nyears: 5\nbreakdowns: [[state]]\npopulation: {persons: 100, state: in}\n");
  auto const report = levers_in(world, levers_of_outcome(world, "outside"));
  ASSERT_EQ(report.rules.size(), 2U);
  EXPECT_EQ(report.rules[0].kind, RuleLever::Kind::limit);
  EXPECT_NEAR(report.rules[0].effects[0].mean.person_years, 80.0 / 12, 1e-3);
  EXPECT_NEAR(report.rules[0].step_error[0].person_years, 0, 1e-3);
  EXPECT_EQ(report.rules[1].kind, RuleLever::Kind::stay);
  EXPECT_NEAR(report.rules[1].effects[0].mean.person_years, report.years - 2, 1e-3);
  EXPECT_NEAR(report.rules[1].effects[0].mean.at_end, 1, 1e-6);
}

TEST(Levers, HaveIntervalsOverDraws) {
  auto const world = world_of_two_regions(
      "draws: 20\nchanges:\n  - {transition: aap -> work, hazard_ratio: {mean: 1.2, "
      "interval_95: [0.9, 1.6]}}\n");
  auto const report = levers_in(world, levers_of_outcome(world, "outside"));
  EXPECT_EQ(report.draws, 20U);
  auto const& effect = lever_in(report, world.scenario.model, "aap -> work").effects[0];
  ASSERT_TRUE(effect.low_95 && effect.high_95);
  EXPECT_LT(effect.low_95->person_years, effect.mean.person_years);
  EXPECT_GT(effect.high_95->person_years, effect.mean.person_years);
}

TEST(WayRemoval, SaysWherePeopleWent) {
  auto const world = world_of_two_regions();
  Model const& model = world.scenario.model;
  LeverOptions const options = levers_of_outcome(world, "outside");
  StateId const aap = model.state("aap").value();
  StateId const gone = model.state("gone").value();
  auto const removal = remove_way(world.scenario, world.rates, world.people, aap, gone, options);
  EXPECT_NEAR(removal.after.states[gone].person_years, 0, 1e-9);
  EXPECT_GT(removal.before.flows.states[gone].person_years, 100);
  double moved = 0;
  for (StateId const state : ids_of(model.states))
    moved += removal.after.states[state].at_end - removal.before.flows.states[state].at_end;
  EXPECT_NEAR(moved, 0, 1e-6);
  EXPECT_GT(removal.after.states[aap].at_end, removal.before.flows.states[aap].at_end);
}

TEST(WayRemoval, LetsThoseStayWhomALimitLed) {
  auto const world = world_of_two_regions();
  Model const& model = world.scenario.model;
  auto const removal = remove_way(world.scenario, world.rates, world.people, model.state("sick").value(),
                                  model.state("aap").value(), levers_of_outcome(world, "outside"));
  for (char const* const name : {"aap", "gone"})
    EXPECT_NEAR(removal.after.states[model.state(name).value()].person_years, 0, 1e-9);
  EXPECT_THROW(remove_way(world.scenario, world.rates, world.people, model.state("gone").value(),
                          model.state("aap").value(), levers_of_outcome(world, "outside")),
               InputError);
}

}  // namespace
}  // namespace utvei
