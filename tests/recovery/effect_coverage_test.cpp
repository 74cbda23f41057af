// SPDX-License-Identifier: Apache-2.0
// Many truths are drawn, each with a register of its own and a trial of its measure. Rates are estimated, scenarios are
// run with parameter draws, and the intervals that `compare` gives for the effect in each county must hold the truth 95
// times in 100.
#include "support/world.hpp"

#include <utvei/core/parallel.hpp>
#include <utvei/estimation/fit.hpp>
#include <utvei/results/compare.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::size_t counties = 10;
constexpr std::size_t ways = 3;
constexpr double effect_years = 4;
constexpr double people_a_county = 600;
constexpr double trial_log_sd = 0.15;  // how well the measure's effect is known

constexpr std::string_view county_model = R"(utvei: model/1
name: counties
regions: regions.csv
states: {work: {group: work}, aap: {group: outside}, disability: {absorbing: true}}
transitions: [{from: work, to: aap}, {from: aap, to: work}, {from: aap, to: disability}]
)";
constexpr std::array<double, ways> county_intercept{-1.9, -0.9, -2.1};
constexpr std::array<double, ways> county_sd{0.3, 0.2, 0.3};

struct CountyTruth {
  std::array<std::array<double, counties>, ways> rate{};
  double ratio{1};     ///< of the measure
  double estimate{1};  ///< what its trial found
};

CountyTruth county_truth(std::uint32_t seed, std::uint32_t number) {
  CountyTruth truth;
  RandomKey const key{seed, number, 0};
  auto const normal = [&](std::string_view what, std::uint32_t i) {
    return standard_normal(key, PersonKey{0}, stream_of(what), i);
  };
  for (std::uint32_t t = 0; t < ways; ++t)
    for (std::uint32_t r = 0; r < counties; ++r)
      truth.rate.at(t).at(r) = std::exp(
          county_intercept.at(t) + county_sd.at(t) * normal("county", t * static_cast<std::uint32_t>(counties) + r));
  truth.ratio = std::exp(0.4 + 0.2 * normal("measure", 0));
  truth.estimate = truth.ratio * std::exp(trial_log_sd * normal("trial", 0));
  return truth;
}

/// Years in work in the first `effect_years` of somebody who begins in aap, by steps of the equations (fourth order).
double years_in_work_from_aap(double a, double b, double c) {
  constexpr int steps = 400;
  double const h = effect_years / steps;
  std::array<double, 3> y{0, 1, 0};  // in work, in aap, years in work
  auto const slope = [&](std::array<double, 3> const& at) {
    return std::array<double, 3>{-a * at[0] + b * at[1], a * at[0] - (b + c) * at[1], at[0]};
  };
  auto const moved = [&y](std::array<double, 3> const& k, double by) {
    return std::array<double, 3>{y[0] + by * k[0], y[1] + by * k[1], y[2] + by * k[2]};
  };
  for (int i = 0; i < steps; ++i) {
    auto const k1 = slope(y);
    auto const k2 = slope(moved(k1, h / 2));
    auto const k3 = slope(moved(k2, h / 2));
    auto const k4 = slope(moved(k3, h));
    for (std::size_t j = 0; j < 3; ++j) y.at(j) += h / 6 * (k1.at(j) + 2 * k2.at(j) + 2 * k3.at(j) + k4.at(j));
  }
  return y[2];
}

struct EffectTally {
  int held{0}, all{0}, hidden{0};
};

class EffectStudy {
 public:
  EffectStudy() {
    std::string table = "region;parent;level;name_nb\n";
    std::string shares;
    for (std::size_t r = 0; r < counties; ++r) {
      table += fmt::format("r{};;area;R\n", r);
      shares += fmt::format("{}r{}: 1", r == 0 ? "" : ", ", r);
    }
    folder_.write("regions.csv", table);
    auto const make = [&](std::size_t persons, std::string_view more) {
      return scenario_of(
          fmt::format("start: 2020-01-01\nyears: 4\nbreakdowns: [[region, state]]\n"
                      "population: {{persons: {}, state: {}, region: {{{}}}}}\n{}",
                      persons, more.empty() ? "{work: 3, aap: 1}" : "aap", shares, more));
    };
    register_ = make(5000, "");
    baseline_ = make(static_cast<std::size_t>(people_a_county) * counties, "draws: 100\n");
    scenario_ = make(static_cast<std::size_t>(people_a_county) * counties,
                     "draws: 100\nmeasures:\n  - name: help\n    who: {state: aap}\n    effects: [{transition: aap -> "
                     "work, hazard_ratio: {mean: 1, interval_95: [0.5, 2]}}]\n");
    register_.scenario.groups = 2;
  }

  [[nodiscard]] EffectTally of_truth(std::uint32_t seed, std::uint32_t number) const {
    CountyTruth const truth = county_truth(seed, number);
    auto const luck = static_cast<std::uint32_t>(mix64((std::uint64_t{seed} << 32U) + number));
    Scenario observed = register_.scenario;
    observed.seed = luck;
    SimulateOptions const options{1, 10'000, nullptr, {}};
    Exposure const counted = exposure_of(simulate(observed, rates_of(truth), register_.people, options));
    EstimateOptions fitting;
    fitting.method = Method::poisson;
    fitting.region = RegionEffect::pooled;
    Rates const found = to_rates(fit(counted, observed.model, fitting));
    Scenario before = baseline_.scenario;
    Scenario after = scenario_.scenario;
    before.seed = after.seed = luck + 1;
    before.groups = after.groups = 50;
    after.name = "help";
    after.measures.at(0).effects.at(0).ratio = {truth.estimate, truth.estimate, trial_log_sd};
    RunResult const plain = simulate(before, found, baseline_.people, options);
    RunResult const helped = simulate(after, found, scenario_.people, options);
    return tally(compare(plain, {&helped}, {{"person_years"}, {}, {}}), truth);
  }

 private:
  [[nodiscard]] support::World scenario_of(std::string const& text) const {
    folder_.write("model.yaml", county_model);
    support::World world;
    Diagnostics diagnostics;
    world.scenario =
        read_scenario(folder_.write("scenario.yaml", "utvei: scenario/1\nname: counties\nmodel: model.yaml\n" + text),
                      {}, {}, diagnostics);
    throw_if_errors(diagnostics);
    world.people = make_population(world.scenario.population, world.scenario.model, world.scenario.start, diagnostics);
    throw_if_errors(diagnostics);
    return world;
  }

  static Rates rates_of(CountyTruth const& truth) {
    Rates rates;
    for (std::size_t t = 0; t < ways; ++t)
      for (std::size_t r = 0; r < counties; ++r) {
        Box box;
        box.region = RegionId{r};
        rates.rates.push_back({TransitionId{t}, box, truth.rate.at(t).at(r), {}, {}, {}});
      }
    return rates;
  }

  /// The tallies of a run are sufficient for its rates.
  [[nodiscard]] Exposure exposure_of(RunResult const& result) const {
    Exposure exposure;
    CellAxis axis{CellAxis::Kind::region, "region", {}, {}, {}, {}};
    for (std::size_t r = 0; r < counties; ++r) {
      axis.labels.push_back(fmt::format("r{}", r));
      axis.regions.emplace_back(r);
    }
    exposure.axes = {axis};
    exposure.cells = counties;
    exposure.minutes = Column<StateId, std::vector<std::int64_t>>(3, std::vector<std::int64_t>(counties));
    exposure.events = Column<TransitionId, std::vector<std::int64_t>>(ways, exposure.minutes[StateId{0}]);
    exposure.rule_changes.assign(9, 0);
    exposure.unmodelled.assign(9, 0);
    exposure.data_class = "synthetic";
    for (std::size_t r = 0; r < counties; ++r) {
      for (std::size_t s = 0; s < 3; ++s)
        exposure.minutes[StateId{s}][r] =
            std::llround(result.table("person_years")->value(r * 3 + s) * static_cast<double>(minutes_per_year));
      for (std::size_t t = 0; t < ways; ++t)
        exposure.events[TransitionId{t}][r] = std::llround(result.table("transitions")->value(r * ways + t));
    }
    return exposure;
  }

  static EffectTally tally(Comparison const& comparison, CountyTruth const& truth) {
    EffectTally tally;
    for (ComparisonRow const& row : comparison.rows) {
      if (row.state != "work" || row.region.empty() || !row.year.empty()) continue;
      auto const r = static_cast<std::size_t>(std::stoi(row.region.substr(1)));
      double const a = truth.rate[0].at(r);
      double const b = truth.rate[1].at(r);
      double const c = truth.rate[2].at(r);
      double const effect =
          people_a_county * (years_in_work_from_aap(a, truth.ratio * b, c) - years_in_work_from_aap(a, b, c));
      ++tally.all;
      if (!row.low_95) {
        ++tally.hidden;
        continue;
      }
      tally.held += *row.low_95 <= effect && effect <= *row.high_95 ? 1 : 0;
    }
    return tally;
  }

  support::TempFolder folder_;
  support::World register_, baseline_, scenario_;
};

EffectTally over_truths(std::uint32_t seed, std::uint32_t count) {
  EffectStudy const study;
  std::vector<EffectTally> each(count);
  parallel_for_blocks(count, 1, 0, nullptr, [&](Block const& block) {
    each[block.first] = study.of_truth(seed, static_cast<std::uint32_t>(block.first));
  });
  EffectTally sum;
  for (EffectTally const& one : each) {
    sum.held += one.held;
    sum.all += one.all;
    sum.hidden += one.hidden;
  }
  return sum;
}

std::uint32_t said_or(char const* variable, std::uint32_t otherwise) {
  char const* const text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::stoul(text));
}

TEST(LongEffectCoverage, OfIntervalsByCountyIsWhatTheySay) {
  std::uint32_t const count = said_or("UTVEI_COVERAGE_TRUTHS", 1000);
  auto const sum = over_truths(said_or("UTVEI_COVERAGE_SEED", 201), count);
  double const share = static_cast<double>(sum.held) / (sum.all - sum.hidden);
  std::cout << fmt::format(
      "{} truths: 95 % intervals of the effect by county hold it {:.1f} times in 100 ({} intervals, {} hidden)\n",
      count, 100 * share, sum.all, sum.hidden);
  EXPECT_GE(share, 0.93);
  EXPECT_LE(share, 0.97);
  EXPECT_LE(sum.hidden, sum.all / 100);
}

// Sixteen truths, whose counties share a trial, tell an interval that is far too narrow.
TEST(EffectCoverage, OfAFewTruthsIsNear) {
  auto const sum = over_truths(7, 16);
  EXPECT_GE(sum.held, 0.8 * sum.all);
}

}  // namespace
}  // namespace utvei
