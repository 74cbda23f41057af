// SPDX-License-Identifier: Apache-2.0
// Designs with waves, waiting lists and steps, of made-up people for whom there are formulas.
#include "../../../sim/analysis/stepped_study.hpp"
#include "../../../sim/analysis/study_people.hpp"

#include <utvei/analysis/power.hpp>
#include <utvei/core/random.hpp>

#include <cmath>
#include <numbers>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

double share_below(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normal_of(std::size_t person, std::uint32_t count) {
  return standard_normal(RandomKey{7, 0, 0}, PersonKey{person}, stream_of("test"), count);
}

double four_errors(double share, double studies) {
  return 4 * std::sqrt(share * (1 - share) / studies);
}

StudyDesign waves_design(std::uint32_t persons) {
  StudyDesign design;
  design.persons = {persons};
  design.follow = design.at = Duration{12 * minutes_per_month};
  design.waves = {Duration{0}, design.follow};
  design.estimator = Estimator::mixed_model;
  design.studies = 4000;
  return design;
}

/// Standard normal scores with a correlation, and an effect at all waves after the start.
StudyPeople people_at_waves(std::size_t waves, double correlation, double effect) {
  constexpr std::size_t many = 20'000;
  StudyPeople people;
  people.eligible = many;
  people.control.people.resize(many);
  for (std::size_t i = 0; i < many; ++i)
    for (std::size_t w = 0; w < waves; ++w)
      people.control.values.push_back(std::sqrt(correlation) * normal_of(i, 0) +
                                      std::sqrt(1 - correlation) * normal_of(i, static_cast<std::uint32_t>(w) + 1));
  people.treated = people.control;
  for (std::size_t i = 0; i < many; ++i)
    for (std::size_t w = 1; w < waves; ++w) people.treated.values[i * waves + w] += effect;
  return people;
}

/// Before and after in two arms of n: the variance of the effect is 2 (1 - ρ²) / n (Frison & Pocock 1992).
TEST(WaveStudy, HasThePowerOfFrisonAndPocock) {
  constexpr double rho = 0.6;
  constexpr double effect = 0.4;
  StudyDesign const design = waves_design(128);
  PowerReport const report = report_of_studies(design, people_at_waves(2, rho, effect), 1, {2, nullptr, {}});
  double const se = std::sqrt(2 * (1 - rho * rho) / 64);
  constexpr double critical = 1.979;  // of t with 126 degrees
  double const expected = share_below(effect / se - critical);
  EXPECT_NEAR(report.sizes[0].power, expected, four_errors(expected, 4000));
  EXPECT_NEAR(*report.sizes[0].false_alarms, 0.05, four_errors(0.05, 4000));
  EXPECT_NEAR(*report.sizes[0].least_effect, (critical + 0.8416) * se, 0.02);
  EXPECT_NEAR(report.effect, effect, 1e-9);
  // 4 (1 - ρ²) (1.96 + 0.84)² / effect² people, found by simulation.
  EXPECT_NEAR(*report.enough, 4 * (1 - rho * rho) * std::pow(1.96 + 0.8416, 2) / (effect * effect), 8);
}

/// Of more waves one that few are left for: those who came before tell what they can.
TEST(WaveStudy, LosesPeopleForGood) {
  StudyDesign design = waves_design(128);
  design.waves = {Duration{0}, Duration{6 * minutes_per_month}, design.follow};
  design.studies = 1000;
  StudyPeople const people = people_at_waves(3, 0.6, 0.4);
  double const whole = report_of_studies(design, people, 1, {2, nullptr, {}}).sizes[0].power;
  design.lost_treated.by_wave = design.lost_control.by_wave = {0, 0.2, 0.5};
  PowerReport const lost = report_of_studies(design, people, 1, {2, nullptr, {}});
  EXPECT_LT(lost.sizes[0].power, whole - 0.1);
  EXPECT_NEAR(*lost.sizes[0].false_alarms, 0.05, four_errors(0.05, 1000));
  // More than if the half who are left had been seen at the start and the end alone.
  EXPECT_GT(lost.sizes[0].power, share_below(0.4 / std::sqrt(2 * (1 - 0.36) / 32) - 2) - 0.03);
}

/// A wave that nobody, or one, is left for tells nothing of the others: it is as if the study did not have it.
TEST(WaveStudy, LeavesOutAWaveThatNobodyIsLeftFor) {
  for (auto const errors : {StandardErrors::model, StandardErrors::robust}) {
    StudyDesign design = waves_design(60);
    design.errors = errors;
    design.studies = 1000;
    design.at = Duration{6 * minutes_per_month};
    design.waves = {Duration{0}, design.at, design.follow};
    design.lost_treated.by_wave = design.lost_control.by_wave = {0, 0.1, 0.98};
    StudySize const emptied = report_of_studies(design, people_at_waves(3, 0.6, 0.4), 1, {2, nullptr, {}}).sizes[0];
    design.waves.pop_back();
    design.lost_treated.by_wave = design.lost_control.by_wave = {0, 0.1};
    StudySize const without = report_of_studies(design, people_at_waves(2, 0.6, 0.4), 1, {2, nullptr, {}}).sizes[0];
    EXPECT_NEAR(emptied.power, without.power, 0.02);
    EXPECT_GT(emptied.power, 0.35);
    EXPECT_EQ(emptied.not_fitted, 0);
  }
}

/// Of 60 people of whom 98 per cent are lost before the outcome, an arm has none left in 1 - (1 - 0.98^30)² of studies.
TEST(WaveStudy, CountsStudiesThatCannotBeAnalysed) {
  StudyDesign design = waves_design(60);
  design.studies = 2000;
  design.lost_treated.by_wave = design.lost_control.by_wave = {0, 0.98};
  StudySize const size = report_of_studies(design, people_at_waves(2, 0.6, 0.4), 1, {2, nullptr, {}}).sizes[0];
  double const expected = 1 - std::pow(1 - std::pow(0.98, 30), 2);
  EXPECT_NEAR(size.not_fitted / 2000.0, expected, four_errors(expected, 2000));
}

/// Wilson's interval of nothing in 2000; too few findings tell nothing of signs.
TEST(WaveStudy, SaysHowLittleIsKnownOfRareFindings) {
  StudyDesign design = waves_design(20);
  design.studies = 2000;
  design.significance = 1e-9;
  StudySize const size = report_of_studies(design, people_at_waves(2, 0.6, 0.4), 1, {2, nullptr, {}}).sizes[0];
  EXPECT_EQ(size.significant, 0);
  EXPECT_EQ(size.power_low, 0);
  EXPECT_NEAR(size.power_high, 3.8415 / (2000 + 3.8415), 1e-6);
  EXPECT_FALSE(size.wrong_sign);
}

TEST(WaveStudy, FindsNoNumberForNoEffect) {
  PowerReport const report = report_of_studies(waves_design(40), people_at_waves(2, 0.6, 0), 1, {2, nullptr, {}});
  EXPECT_FALSE(report.is_effect_clear);
  EXPECT_FALSE(report.enough);
  EXPECT_EQ(report.looked_up_to, 100'000);
}

TEST(WaveStudy, IsTheSameForAnyNumberOfThreads) {
  StudyDesign design = waves_design(60);
  design.studies = 200;
  StudyPeople const people = people_at_waves(2, 0.5, 0.4);
  PowerReport const one = report_of_studies(design, people, 1, {1, nullptr, {}});
  PowerReport const three = report_of_studies(design, people, 1, {3, nullptr, {}});
  EXPECT_EQ(one.sizes[0].power, three.sizes[0].power);
  EXPECT_EQ(one.sizes[0].least_effect, three.sizes[0].least_effect);
  EXPECT_EQ(one.enough, three.enough);
}

struct SteppedWorld {
  std::size_t regions{16};
  std::uint32_t steps{4};
  double between{0.25};  ///< standard deviation of regions
  double effect{0};
};

/// Regions that differ as much as they should, in people whose luck is new in each period.
StudyPeople people_of_regions(SteppedWorld const& world) {
  constexpr std::size_t of_region = 2000;
  std::size_t const periods = world.steps + 1;
  StudyPeople people;
  std::vector<double> level;
  double mean = 0;
  double squares = 0;
  for (std::size_t r = 0; r < world.regions; ++r) {
    level.push_back(normal_of(1'000'000 + r, 0));
    mean += level[r] / static_cast<double>(world.regions);
  }
  for (double const each : level) squares += (each - mean) * (each - mean);
  double const scale = world.between / std::sqrt(squares / (static_cast<double>(world.regions) - 1));
  for (std::size_t r = 0; r < world.regions; ++r) {
    auto& pool = people.people_of_region.emplace_back();
    people.eligible_of_region.push_back(of_region);
    for (std::size_t i = 0; i < of_region; ++i) {
      std::size_t const person = r * of_region + i;
      pool.push_back(static_cast<std::uint32_t>(person));
      for (std::uint32_t t = 0; t < periods; ++t)
        people.control.values.push_back(scale * (level[r] - mean) + normal_of(person, t));
    }
  }
  people.control.people.resize(world.regions * of_region);
  for (std::size_t step = 1; step <= world.steps; ++step) {
    StudyArm& arm = people.later.emplace_back(people.control);
    for (std::size_t i = 0; i < arm.people.size(); ++i)
      for (std::size_t t = step; t < periods; ++t) arm.values[i * periods + t] += world.effect;
  }
  return people;
}

StudyDesign stepped_design(SteppedWorld const& world, std::uint32_t persons) {
  StudyDesign design;
  design.assignment = Assignment::stepped;
  design.steps = world.steps;
  design.persons = {persons};
  for (std::uint32_t t = 1; t <= world.steps + 1; ++t) design.waves.push_back(Duration{t * 6 * minutes_per_month});
  design.follow = design.at = design.waves.back();
  design.estimator = Estimator::mixed_model;
  design.studies = 2000;
  return design;
}

/// Variance of the effect, of I regions in T periods, with the same number of regions at each step (Hussey & Hughes
/// 2007).
double hussey_hughes_se(SteppedWorld const& world, double persons_of_cell) {
  auto const i = static_cast<double>(world.regions);
  double const t = world.steps + 1.0;
  double const tau = world.between * world.between;
  double const sigma = 1 / persons_of_cell;
  double const of_step = i / world.steps;
  double u = 0;
  double w = 0;
  double v = 0;
  for (double period = 1; period < t; ++period) {
    double const treated = of_step * period;
    u += treated;
    w += treated * treated;
    v += of_step * period * period;
  }
  return std::sqrt(i * sigma * (sigma + t * tau) / ((i * u - w) * sigma + (u * u + i * t * u - t * w - i * v) * tau));
}

TEST(SteppedStudy, HasThePowerOfHusseyAndHughes) {
  SteppedWorld world;
  double const se = hussey_hughes_se(world, 20);
  world.effect = 2.8 * se;
  PowerReport const report =
      report_of_studies(stepped_design(world, 320), people_of_regions(world), 3, {2, nullptr, {}});
  constexpr double critical = 2.001;  // of t with 80 - 16 - 5 = 59 degrees
  double const expected = share_below(world.effect / se - critical);
  EXPECT_NEAR(report.sizes[0].power, expected, four_errors(expected, 2000));
  EXPECT_NEAR(*report.sizes[0].false_alarms, 0.05, four_errors(0.05, 2000));
  EXPECT_NEAR(*report.sizes[0].least_effect / (critical + 0.8416), se, 0.05 * se);
  EXPECT_NEAR(report.effect, world.effect, 1e-9);
  EXPECT_NEAR(*report.sizes[0].exaggeration, 1.1, 0.1);
  EXPECT_NEAR(*report.enough, 320, 40);
  EXPECT_EQ(report.regions, 16);
}

TEST(SteppedStudy, DropsAPeriodThatNobodyIsLeftFor) {
  SteppedWorld const world{16, 4, 0.25, 0.4};
  StudyDesign design = stepped_design(world, 320);
  design.studies = 500;
  StudyPeople const people = people_of_regions(world);
  design.lost_treated.by_wave = design.lost_control.by_wave = {0, 0, 0, 0, 0.999};
  StudySize const size = report_of_studies(design, people, 3, {2, nullptr, {}}).sizes[0];
  EXPECT_EQ(size.not_fitted, 0);
  EXPECT_GT(size.power, 0.5);
}

TEST(SteppedStudy, NeedsPeopleForEachStep) {
  EXPECT_FALSE(fills_steps(2, {1, 9}, 2));
  EXPECT_TRUE(fills_steps(5, {1, 9}, 2));
}

/// Few regions: the test must not find what is not there.
TEST(SteppedStudy, FindsLittleWhereThereIsNothing) {
  SteppedWorld const world{5, 4, 0.25, 0};
  PowerReport const report =
      report_of_studies(stepped_design(world, 100), people_of_regions(world), 3, {2, nullptr, {}});
  EXPECT_LT(*report.sizes[0].false_alarms, 0.07);
  EXPECT_FALSE(report.enough);
}

TEST(SteppedStudy, SpreadsPeopleAsThoseWhoQualify) {
  EXPECT_EQ(spread_over_regions(10, {1, 1, 1}), (std::vector<std::uint32_t>{4, 3, 3}));
  EXPECT_EQ(spread_over_regions(10, {60, 25, 15}), (std::vector<std::uint32_t>{6, 3, 1}));
  EXPECT_EQ(spread_over_regions(3, {1000, 1, 1}), (std::vector<std::uint32_t>{3, 0, 0}));
}

}  // namespace
}  // namespace utvei
