// SPDX-License-Identifier: Apache-2.0
// Calibration against truths that are known: figures of the same model with other rates.
#include "support/world.hpp"

#include <utvei/analysis/calibration.hpp>
#include <utvei/core/normal.hpp>
#include <utvei/core/random.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr auto model_text = R"(
utvei: model/1
name: small
regions: regions.csv
states:
  work: {group: work, ends_at_age: {age: 67, to: {retired: 1}}}
  sick: {group: work, limit: {after: 52 weeks, to: {aap: 0.7, work: 0.3}}}
  aap: {group: outside, limit: {after: 3 years, stay: 0.5, to: {out: 0.6, work: 0.4}}}
  out: {group: outside}
  retired: {absorbing: true}
traits: {sex: [female, male]}
definitions:
  outside: {states: [aap, out], age: {from: 18, to: 67}, at: "11-16"}
transitions:
  - {from: work, to: sick, rate_per_year: 0.3}
  - {from: sick, to: work, rate_per_year: 3}
  - {from: work, to: out, rate_per_year: 0.05}
  - {from: out, to: work, rate_per_year: 0.5}
  - {from: aap, to: work, rate_per_year: 0.2}
  - {from: aap, to: out, rate_per_year: 0.1}
)";

constexpr auto scenario_text = R"(
start: 2020-01-01
years: 6
population: {persons: PERSONS, state: {work: 0.9, out: 0.1}, age: 40, region: {"1": 1, "2": 3}, traits: {sex: {female: 1, male: 1}}}
seed: 7
)";

constexpr auto calibration_text = R"(
utvei: calibration/1
name: small
scenario: scenario.yaml
sd_log: 0.02
targets:
  - {name: out_1, stock: {states: [out], region: ["1"], at: 2024-06-01, unit: share}, value: 0.1}
  - {name: out_2, stock: {states: [out], region: ["2"], at: 2024-06-01, unit: share}, value: 0.1}
  - {name: new_sick, inflow: {states: [sick], from: 2022-01-01, to: 2024-01-01}, value: 300}
  - {name: aap, stock: {definition: outside, at: 2025-06-01, unit: share}, value: 0.2}
  - {name: limit, exits: {states: [sick], by: limit, from: 2022-01-01, to: 2024-01-01, unit: people}, value: 100}
  - {name: kept_out, exits: {states: [out], in: [work], from: 2022-01-01, to: 2024-01-01}, value: 1, use: validate}
offsets:
  - {transition: work -> sick, prior_sd: 1}
  - {transition: sick -> work, prior_sd: 1}
  - {transition: out -> work, by: town, prior_sd: 1}
)";

struct Case {
  support::World world;
  Calibration calibration;
};

Case make_case(std::uint64_t persons, std::string const& calibration = calibration_text) {
  support::TempFolder const folder;
  folder.write("regions.csv", "region;parent;level\n1;;town\n2;;town\n");
  std::string scenario = scenario_text;
  scenario.replace(scenario.find("PERSONS"), 7, std::to_string(persons));
  Case made{support::make_world(folder, model_text, scenario), {}};
  Diagnostics diagnostics;
  auto const document = read_calibration_document(folder.write("calibration.yaml", calibration), {}, {}, diagnostics);
  made.calibration = read_calibration(document, made.world.scenario, made.world.rates, made.world.people, diagnostics);
  throw_if_errors(diagnostics);
  return made;
}

std::vector<Figure> figures_of(Case const& made, FigureMethod method, std::vector<double> const& values) {
  Calibration calibration = made.calibration;
  calibration.method = method;
  return ModelFigures{calibration, made.world.scenario, made.world.rates, made.world.people, {}}.at(values);
}

CalibrationResult calibrated(Case const& made) {
  return calibrate(made.calibration, made.world.scenario, made.world.rates, made.world.people, {});
}

TEST(Calibration, BothMethodsSeeTheSameFiguresAndDerivatives) {
  Case const made = make_case(support::people_for_this_build(200'000));
  std::vector<double> const at{0.2, -0.1, 0.3, -0.2};
  auto const expected = figures_of(made, FigureMethod::equations, at);
  auto const simulated = figures_of(made, FigureMethod::simulation, at);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    std::string const& name = made.calibration.targets[i].name;
    EXPECT_EQ(expected[i].mc_se, 0);
    EXPECT_NEAR(simulated[i].value, expected[i].value, 4.5 * simulated[i].mc_se + 1e-4 * expected[i].value) << name;
    double largest = 0;
    for (double const slope : expected[i].derivative) largest = std::max(largest, std::abs(slope));
    for (std::size_t k = 0; k < at.size(); ++k)
      EXPECT_NEAR(simulated[i].derivative[k], expected[i].derivative[k],
                  0.06 * largest + 0.1 * std::abs(expected[i].derivative[k]) + 4.5 * simulated[i].mc_se)
          << name << " " << k;
  }
}

TEST(Calibration, DerivativesOfTheEquationsAreThoseOfTheirFigures) {
  Case const made = make_case(400);
  std::vector<double> const at{0.2, -0.1, 0.3, -0.2};
  auto const here = figures_of(made, FigureMethod::equations, at);
  constexpr double step = 1e-5;
  for (std::size_t k = 0; k < at.size(); ++k) {
    auto forward = at;
    auto backward = at;
    forward[k] += step;
    backward[k] -= step;
    auto const more = figures_of(made, FigureMethod::equations, forward);
    auto const less = figures_of(made, FigureMethod::equations, backward);
    for (std::size_t i = 0; i < here.size(); ++i)
      EXPECT_NEAR(here[i].derivative[k], (more[i].value - less[i].value) / (2 * step),
                  1e-6 * std::max(1.0, std::abs(here[i].value)));
  }
}

TEST(Calibration, FiguresOfOtherRatesGiveTheirOffsetsBack) {
  Case made = make_case(400);
  std::vector<double> const truth{0.4, -0.3, 0.5, -0.25};
  auto const figures = figures_of(made, FigureMethod::equations, truth);
  for (std::size_t i = 0; i < figures.size(); ++i) made.calibration.targets[i].value = figures[i].value;
  for (auto& adjustment : made.calibration.adjustments) adjustment.prior_sd = 10;
  CalibrationResult const result = calibrated(made);
  ASSERT_TRUE(result.converged);
  EXPECT_EQ(result.method, FigureMethod::equations);
  for (std::size_t k = 0; k < truth.size(); ++k) {
    EXPECT_NEAR(result.adjustments[k].value, truth[k], 5e-4) << k;
    EXPECT_GT(result.adjustments[k].informed, 0.99);
  }
  for (TargetFit const& fit : result.targets) EXPECT_TRUE(fit.is_met);
}

/// Truths from the prior, figures with the discrepancy that they are said to have.
TEST(Calibration, IntervalsCoverTheTruth) {
  Case made = make_case(400);
  constexpr std::size_t repeats = 60;
  RandomKey const key{11, 0, 0};
  auto const normal = [&](std::size_t repeat, std::size_t i) {
    return standard_normal(key, PersonKey{repeat}, stream_of("coverage"), static_cast<std::uint32_t>(i));
  };
  std::size_t covered = 0;
  std::size_t all = 0;
  double squares = 0;
  for (auto& adjustment : made.calibration.adjustments) adjustment.prior_sd = 0.3;
  for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
    std::vector<double> truth;
    for (std::size_t k = 0; k < made.calibration.adjustments.size(); ++k) truth.push_back(0.3 * normal(repeat, k));
    auto const figures = figures_of(made, FigureMethod::equations, truth);
    for (std::size_t i = 0; i < figures.size(); ++i)
      made.calibration.targets[i].value = figures[i].value * std::exp(0.02 * normal(repeat, 100 + i));
    CalibrationResult const result = calibrated(made);
    for (std::size_t k = 0; k < truth.size(); ++k, ++all) {
      double const z = (result.adjustments[k].value - truth[k]) / result.adjustments[k].se;
      squares += z * z;
      covered += std::abs(z) < normal_950 ? 1U : 0U;
    }
  }
  // 240 of them: two standard errors of a share of .9 are .039, those of the mean square .18.
  EXPECT_NEAR(static_cast<double>(covered) / static_cast<double>(all), 0.9, 0.06);
  EXPECT_NEAR(squares / static_cast<double>(all), 1, 0.3);
}

/// The same, of figures of which only the bounds are published: which of some wide bands they lie in. Well within them
/// standard errors are too large, and nowhere too small.
TEST(Calibration, IntervalsCoverTheTruthBehindBounds) {
  Case made = make_case(400);
  constexpr std::size_t repeats = 60;
  constexpr double band = 0.15;  // of the log
  RandomKey const key{12, 0, 0};
  auto const normal = [&](std::size_t repeat, std::size_t i) {
    return standard_normal(key, PersonKey{repeat}, stream_of("bounds"), static_cast<std::uint32_t>(i));
  };
  std::size_t covered = 0;
  std::size_t all = 0;
  double squares = 0;
  double informed = 0;
  for (auto& adjustment : made.calibration.adjustments) adjustment.prior_sd = 0.3;
  for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
    std::vector<double> truth;
    for (std::size_t k = 0; k < made.calibration.adjustments.size(); ++k) truth.push_back(0.3 * normal(repeat, k));
    auto const figures = figures_of(made, FigureMethod::equations, truth);
    for (std::size_t i = 0; i < figures.size(); ++i) {
      double const published = std::log(figures[i].value) + 0.02 * normal(repeat, 100 + i);
      double const low = std::floor(published / band) * band;
      made.calibration.targets[i].bounds = FigureBounds{std::exp(low), std::exp(low + band)};
    }
    CalibrationResult const result = calibrated(made);
    EXPECT_TRUE(result.converged);
    for (std::size_t k = 0; k < truth.size(); ++k, ++all) {
      double const z = (result.adjustments[k].value - truth[k]) / result.adjustments[k].se;
      squares += z * z;
      informed += result.adjustments[k].informed;
      covered += std::abs(z) < normal_950 ? 1U : 0U;
    }
  }
  EXPECT_GT(static_cast<double>(covered) / static_cast<double>(all), 0.84);
  EXPECT_LT(squares / static_cast<double>(all), 1.3);
  EXPECT_GT(informed / static_cast<double>(all), 0.3);
}

TEST(Calibration, BoundsThatAreMetMoveNothing) {
  Case made = make_case(400);
  auto const figures = figures_of(made, FigureMethod::equations, {0, 0, 0, 0});
  for (std::size_t i = 0; i < figures.size(); ++i)
    made.calibration.targets[i].bounds = FigureBounds{figures[i].value / 2, figures[i].value * 2};
  made.calibration.targets[1].bounds = FigureBounds{0, figures[1].value * 2};
  CalibrationResult const result = calibrated(made);
  ASSERT_TRUE(result.converged);
  for (AdjustmentFit const& fit : result.adjustments) {
    EXPECT_NEAR(fit.value, 0, 1e-9);
    EXPECT_NEAR(fit.informed, 0, 1e-9);
  }
  for (TargetFit const& fit : result.targets) EXPECT_EQ(fit.misfit, 0);
}

TEST(Calibration, BoundsPullAsFarAsTheNearerOne) {
  Case made = make_case(400);
  auto const figures = figures_of(made, FigureMethod::equations, {0, 0, 0, 0});
  std::erase_if(made.calibration.targets, [](Target const& target) { return target.name != "new_sick"; });
  Target& target = made.calibration.targets.front();
  target.bounds = FigureBounds{0, figures[2].value / 1.5};
  CalibrationResult const result = calibrated(made);
  ASSERT_TRUE(result.converged);
  double const above = target.log_distance(std::log(result.targets[0].after));
  EXPECT_LE(above, target.log_sd);
  EXPECT_GT(std::log(result.targets[0].after / target.bounds->high), -4 * target.log_sd);
  EXPECT_TRUE(result.targets[0].is_met);
  EXPECT_GT(result.targets[0].before, target.bounds->high * 1.4);
}

TEST(Calibration, ValidationAsksWhetherBoundsReachIntoTheInterval) {
  Case made = make_case(400);
  auto const figures = figures_of(made, FigureMethod::equations, {0, 0, 0, 0});
  auto const holds = [&](double low, double high) {
    made.calibration.targets[0].bounds = FigureBounds{low * figures[0].value, high * figures[0].value};
    return validate(made.calibration, made.world.scenario, made.world.rates, made.world.people, 0, {}).figures[0].holds;
  };
  EXPECT_TRUE(holds(0, 0.98));
  EXPECT_FALSE(holds(0, 0.9));
  EXPECT_TRUE(holds(1.01, 2));
  EXPECT_FALSE(holds(1.1, 2));
}

TEST(Calibration, ASimulatedTruthIsFoundByTheOtherMethod) {
  Case made = make_case(support::people_for_this_build(200'000));
  std::vector<double> const truth{0.4, -0.3, 0.5, -0.25};
  auto const figures = figures_of(made, FigureMethod::equations, truth);
  for (std::size_t i = 0; i < figures.size(); ++i) made.calibration.targets[i].value = figures[i].value;
  made.calibration.method = FigureMethod::simulation;
  CalibrationResult const result = calibrated(made);
  for (std::size_t k = 0; k < truth.size(); ++k)
    EXPECT_NEAR(result.adjustments[k].value, truth[k], 3 * result.adjustments[k].se) << k;
}

TEST(Calibration, FrozenOffsetsAreTheRatesOfAScenario) {
  Case made = make_case(400);
  std::vector<double> const values{0.4, -0.3, 0.5, -0.25};
  auto const wanted = figures_of(made, FigureMethod::equations, values);
  FrozenOffsets frozen{"small", {}, std::vector<double>(16), ""};
  for (std::size_t k = 0; k < values.size(); ++k) {
    frozen.offsets.push_back(made.calibration.adjustments[k].offset);
    frozen.offsets.back().estimate = values[k];
  }
  made.world.rates.frozen.push_back(frozen);
  auto const found = figures_of(made, FigureMethod::equations, {0, 0, 0, 0});
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(found[i].value, wanted[i].value, 1e-9 * wanted[i].value);
}

TEST(Calibration, OffsetsOfOneCalibrationAreDrawnTogether) {
  Case made = make_case(400);
  FrozenOffsets frozen{"small",
                       {made.calibration.adjustments[0].offset, made.calibration.adjustments[1].offset},
                       {0.5, 0, 0.4, 0.3},
                       ""};
  made.world.rates.frozen.push_back(frozen);
  double both = 0, first = 0, second = 0;
  constexpr std::uint32_t draws = 4000;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    auto const ratios = draw_hazard_ratios(made.world.scenario, made.world.rates, draw);
    ASSERT_EQ(ratios.size(), 2U);
    first += std::pow(std::log(ratios[0]), 2) / draws;
    second += std::pow(std::log(ratios[1]), 2) / draws;
    both += std::log(ratios[0]) * std::log(ratios[1]) / draws;
  }
  EXPECT_NEAR(first, 0.25, 0.02);
  EXPECT_NEAR(second, 0.25, 0.02);
  EXPECT_NEAR(both, 0.2, 0.02);
}

TEST(Calibration, NobodyInformsARateAndAFigure) {
  Case made = make_case(400);
  made.world.rates.data_class = "register";
  support::TempFolder const folder;
  std::string text = calibration_text;
  auto const refused = [&] {
    Diagnostics diagnostics;
    auto const document = read_calibration_document(folder.write("calibration.yaml", text), {}, {}, diagnostics);
    read_calibration(document, made.world.scenario, made.world.rates, made.world.people, diagnostics);
    return diagnostics.error_count();
  };
  EXPECT_EQ(refused(), 5U);  // not the one that is kept out
  for (std::size_t at = text.find("- {name"); at != std::string::npos; at = text.find("- {name", at + 7))
    text.insert(at + 3, "overlap: none, ");
  EXPECT_EQ(refused(), 0U);
}

TEST(Calibration, SaysWhyAFigureIsNotMet) {
  std::string text = calibration_text;
  text.replace(text.find("targets:"), 8,
               "targets:\n  - {name: retired, stock: {states: [retired], at: 2024-06-01}, value: 50}");
  Case made = make_case(400, text);
  made.calibration.targets[1].value = 0.9;
  for (auto& adjustment : made.calibration.adjustments) adjustment.prior_sd = 0.05;
  CalibrationResult const result = calibrated(made);
  EXPECT_FALSE(result.targets[0].is_met);
  EXPECT_EQ(result.targets[0].why, "no offset moves it");
  EXPECT_FALSE(result.targets[1].is_met);
  EXPECT_NE(result.targets[1].why.find("of its prior_sd already"), std::string::npos) << result.targets[1].why;
}

TEST(Calibration, ThreadsChangeNoBit) {
  Case const made = make_case(5'000);
  auto const by = [&](std::size_t threads) {
    Calibration calibration = made.calibration;
    calibration.method = FigureMethod::simulation;
    CalibrationOptions options;
    options.threads = threads;
    return ModelFigures{calibration, made.world.scenario, made.world.rates, made.world.people, options}.at(
        {0, 0, 0, 0});
  };
  auto const one = by(1);
  for (std::size_t const threads : {2U, 5U}) {
    auto const more = by(threads);
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(one[i].value, more[i].value);
      EXPECT_EQ(one[i].mc_se, more[i].mc_se);
      EXPECT_EQ(one[i].derivative, more[i].derivative);
    }
  }
}

TEST(Calibration, ValidationIntervalsHoldDrawsLuckAndDiscrepancy) {
  Case made = make_case(2'000);
  FrozenOffsets frozen{"small", {made.calibration.adjustments[0].offset}, {0.2}, ""};
  made.world.rates.frozen.push_back(frozen);
  auto const with = [&](std::uint32_t draws) {
    return validate(made.calibration, made.world.scenario, made.world.rates, made.world.people, draws, {});
  };
  Validation const none = with(0);
  Validation const drawn = with(40);
  ASSERT_EQ(none.figures.size(), made.calibration.targets.size());
  EXPECT_EQ(none.figures[2].log_sd_rates, 0);
  EXPECT_NEAR(drawn.figures[2].log_sd_rates, 0.2, 0.07);  // entries to sick leave follow their rate
  EXPECT_NEAR(std::log(none.figures[2].high_90 / none.figures[2].model), normal_950 * 0.02, 1e-6);
  EXPECT_GT(drawn.figures[2].high_90, none.figures[2].high_90);
}

}  // namespace
}  // namespace utvei
