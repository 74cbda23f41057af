// SPDX-License-Identifier: Apache-2.0
// Intervals of the parts of a difference between regions hold the parts of the true rates as often as they say.
#include "support/world.hpp"

#include <utvei/analysis/regions.hpp>
#include <utvei/core/random.hpp>
#include <utvei/estimation/fit.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view truths_model = R"(utvei: model/1
name: truths
regions: regions.csv
states: {school: {group: education}, work: {group: work}, out: {group: outside}}
transitions:
  - {from: school, to: work}
  - {from: school, to: out}
  - {from: work, to: out}
  - {from: out, to: work}
)";
constexpr std::string_view truths_people = R"(start: 2025-01-01
years: 5
population: {file: people.csv}
seed: 7
)";

/// Poisson by adding up exponential waits.
std::int64_t poisson_events(double mean, RandomKey const& key, std::uint64_t which, StreamId stream) {
  double at = 0;
  for (std::uint32_t count = 0;; ++count) {
    at += unit_exponential(key, PersonKey{which}, stream, count);
    if (at > mean) return count;
  }
}

class TruthsAndRegisters {
 public:
  TruthsAndRegisters() {
    folder_.write("regions.csv", "region;parent;level;name_nb\na;;area;A\nb;;area;B\nc;;area;C\n");
    folder_.write("people.csv",
                  "state;region;count\nschool;a;300\nwork;a;100\nout;a;50\nschool;b;200\nwork;b;300\nout;b;20\n"
                  "school;c;10\n");
    world_ = support::make_world(folder_, truths_model, truths_people);
  }

  /// One truth, one register of it, and how often each component's interval holds what the truth says.
  void look(std::uint32_t truth, std::vector<std::size_t>& held) {
    RandomKey const key{truth, 0, 0};
    Exposure const exposure = register_of(key);
    EstimateOptions options;
    options.method = Method::poisson;
    options.region = RegionEffect::fixed;
    Rates const found = to_rates(fit(exposure, world_.scenario.model, options));
    Rates const right = true_rates_of(key);
    world_.scenario.seed = truth;
    auto const of_truth = decomposed(right, 0);
    auto const estimated = decomposed(found, 200);
    held.resize(of_truth.contributions.size() + 1);
    auto const holds = [](RegionNumber const& interval, double value) {
      return *interval.low_95 <= value && value <= *interval.high_95;
    };
    for (std::size_t c = 0; c < of_truth.contributions.size(); ++c)
      held[c] += holds(estimated.contributions[c], of_truth.contributions[c].value) ? 1U : 0U;
    held.back() += holds(estimated.total, of_truth.total.value) ? 1U : 0U;
  }
  [[nodiscard]] std::vector<std::string> components() const {
    Rates const rates = true_rates_of(RandomKey{0, 0, 0});
    return decompose_regions({pair_of(rates)}, {}, plain_factors(world_.scenario.model), {}).components;
  }

 private:
  static constexpr std::size_t areas = 3;

  /// Rates that vary by a fifth or so between regions, other ones in each truth.
  [[nodiscard]] double true_rate(RandomKey const& key, std::size_t transition, std::size_t region) const {
    constexpr std::array usual{0.3, 0.1, 0.15, 0.4};
    constexpr double sd = 0.2;
    return usual.at(transition) *
           std::exp(sd * standard_normal(key, PersonKey{transition * areas + region}, stream_of("truth"), 0));
  }

  [[nodiscard]] Rates true_rates_of(RandomKey const& key) const {
    Rates rates;
    for (std::size_t t = 0; t < world_.scenario.model.transitions.size(); ++t) {
      for (std::size_t r = 0; r < areas; ++r) {
        Rate rate;
        rate.transition = TransitionId{t};
        rate.box.region = RegionId{r};
        rate.rate_per_year = true_rate(key, t, r);
        rates.rates.push_back(rate);
      }
    }
    return rates;
  }

  /// 400 person-years in each state and region, and as many events as chance gives.
  [[nodiscard]] Exposure register_of(RandomKey const& key) const {
    constexpr double years = 400;
    Model const& model = world_.scenario.model;
    CellAxis axis{CellAxis::Kind::region, "region", {}, {}, {}, {}};
    for (std::size_t r = 0; r < areas; ++r) {
      axis.labels.push_back(model.regions[RegionId{r}].code);
      axis.regions.emplace_back(r);
    }
    Exposure exposure;
    exposure.axes = {axis};
    exposure.cells = areas;
    exposure.minutes = Column<StateId, std::vector<std::int64_t>>(
        model.states.size(), std::vector<std::int64_t>(areas, duration_of_years(years).minutes));
    exposure.events =
        Column<TransitionId, std::vector<std::int64_t>>(model.transitions.size(), std::vector<std::int64_t>(areas));
    for (TransitionId const t : ids_of(model.transitions))
      for (std::size_t r = 0; r < areas; ++r)
        exposure.events[t][r] =
            poisson_events(years * true_rate(key, t.value(), r), key, r, stream_of(model.transitions[t].name));
    exposure.rule_changes.assign(model.states.size() * model.states.size(), 0);
    exposure.unmodelled.assign(model.states.size() * model.states.size(), 0);
    return exposure;
  }

  [[nodiscard]] RegionPair pair_of(Rates const& rates) const {
    RegionWorld const side{world_.scenario, rates, world_.people};
    return {{side, RegionId{0}, "a"}, {side, RegionId{1}, "b"}};
  }

  [[nodiscard]] RegionDifference decomposed(Rates const& rates, std::uint32_t draws) const {
    RegionOutcome out{"out", {}, {false, false, true}, {}, {}};
    RegionOptions options;
    options.draws = draws;
    options.threads = 1;
    return decompose_regions({pair_of(rates)}, {out}, plain_factors(world_.scenario.model), options).differences.at(0);
  }

  support::TempFolder folder_;
  support::World world_;
};

void expect_coverage(std::uint32_t truths, double least, double most) {
  TruthsAndRegisters world;
  std::vector<std::size_t> held;
  for (std::uint32_t truth = 0; truth < truths; ++truth) world.look(truth, held);
  auto names = world.components();
  names.emplace_back("total");
  ASSERT_EQ(held.size(), names.size());
  for (std::size_t c = 0; c < held.size(); ++c) {
    double const share = static_cast<double>(held[c]) / truths;
    std::printf("%-28s %.3f\n", names[c].c_str(), share);
    // Nothing is not known of what is equal on both sides.
    if (names[c] == composition_component || names[c] == limits_component) continue;
    EXPECT_GE(share, least) << names[c];
    EXPECT_LE(share, most) << names[c];
  }
}

TEST(LongRegionIntervals, HoldTheTruthAsOftenAsTheySay) {
  expect_coverage(1000, 0.93, 0.97);
}

TEST(RegionIntervals, HoldTheTruthMostly) {
  expect_coverage(20, 0.7, 1);
}

}  // namespace
}  // namespace utvei
