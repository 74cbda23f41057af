// SPDX-License-Identifier: Apache-2.0
// Many registers are simulated, with regions drawn anew in each; rates are estimated from each, and 95 % intervals must
// hold what was put in 95 times in 100: coefficients, ratios of regions, and what is predicted from the rates.
#include "support/matrix_exponential.hpp"
#include "support/world.hpp"

#include <utvei/core/parallel.hpp>
#include <utvei/estimation/fit.hpp>
#include <utvei/output/register_export.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/study.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::size_t regions = 20;
constexpr std::size_t transitions = 3;
constexpr double horizon = 3;         // years from the start to the stock that is predicted
constexpr double people_a_sex = 50;   // in each region, of whom it is predicted
constexpr std::uint32_t draws = 400;  // of parameters

constexpr std::string_view model_text = R"(utvei: model/1
name: coverage
regions: regions.csv
states: {work: {group: work}, aap: {group: outside}, disability: {absorbing: true}}
traits: {sex: [female, male]}
transitions: [{from: work, to: aap}, {from: aap, to: work}, {from: aap, to: disability}]
)";

/// What is put in: log rates of women in a region that is as all are, what men add, and how regions differ.
constexpr std::array<double, transitions> intercept{-1.9, -0.9, -2.1};
constexpr std::array<double, transitions> of_men{-0.4, 0.3, 0.2};
constexpr std::array<double, transitions> sd{0.35, 0.2, 0.4};

using Rows = std::array<std::array<std::array<double, 2>, regions>, transitions>;  ///< rates by region and sex

struct Truth {
  std::array<std::array<double, regions>, transitions> effect;
  Rows rate;
};

Truth draw_truth(std::uint32_t seed, std::uint32_t replicate) {
  Truth truth{};
  RandomKey const key{seed, replicate, 0};
  for (std::uint32_t t = 0; t < transitions; ++t) {
    for (std::uint32_t r = 0; r < regions; ++r) {
      double const effect = sd.at(t) * standard_normal(key, PersonKey{mix64(r)}, stream_of("region"), t);
      truth.effect.at(t).at(r) = effect;
      for (std::size_t sex = 0; sex < 2; ++sex)
        truth.rate.at(t).at(r).at(sex) = std::exp(intercept.at(t) + (sex == 1 ? of_men.at(t) : 0) + effect);
    }
  }
  return truth;
}

/// Shares in work, aap and disability `t` years after everybody was in work: a generator of two transient states has
/// its exponential in closed form.
std::array<double, 3> occupation(double a, double b, double c, double t) {
  double const middle = -(a + b + c) * t / 2;
  double const half = std::sqrt((a + b + c) * (a + b + c) / 4 - a * c) * t;
  double const ratio = half > 1e-9 ? std::sinh(half) / half : 1;
  double const work = std::exp(middle) * (std::cosh(half) + ratio * (-a * t - middle));
  double const aap = std::exp(middle) * ratio * a * t;
  return {work, aap, 1 - work - aap};
}

/// What rates lead to: stocks by region and state, shares of all people by state, and the share of each region in aap.
std::vector<double> stocks_of(Rows const& rate) {
  std::vector<double> stocks;
  for (std::size_t r = 0; r < regions; ++r) {
    std::array<double, 3> sum{};
    for (std::size_t sex = 0; sex < 2; ++sex) {
      auto const at = occupation(rate[0].at(r).at(sex), rate[1].at(r).at(sex), rate[2].at(r).at(sex), horizon);
      for (std::size_t s = 0; s < 3; ++s) sum.at(s) += people_a_sex * at.at(s);
    }
    stocks.insert(stocks.end(), sum.begin(), sum.end());
  }
  return stocks;
}

std::vector<double> shares_of(std::vector<double> const& stocks) {
  std::array<double, 3> sum{};
  for (std::size_t i = 0; i < stocks.size(); ++i) sum.at(i % 3) += stocks[i];
  std::vector<double> shares;
  for (double const all : sum) shares.push_back(all / (2 * people_a_sex * regions));
  for (std::size_t r = 0; r < regions; ++r) shares.push_back(stocks[3 * r + 1] / sum[1]);
  return shares;
}

struct Tally {
  int covered{0};
  int all{0};
  void add(double low, double truth, double high) {
    covered += low <= truth && truth <= high ? 1 : 0;
    ++all;
  }
  void add(Tally const& other) {
    covered += other.covered;
    all += other.all;
  }
  [[nodiscard]] double share() const { return static_cast<double>(covered) / all; }
};
using Tallies = std::map<std::string, Tally>;

class Coverage {
 public:
  Coverage() {
    std::string table = "region;parent;level;name_nb\n";
    std::string shares;
    for (std::size_t r = 0; r < regions; ++r) {
      table += fmt::format("r{};;area;R\n", r);
      shares += fmt::format("{}r{}: 1", r == 0 ? "" : ", ", r);
    }
    folder_.write("regions.csv", table);
    folder_.write("model.yaml", model_text);
    auto const path =
        folder_.write("scenario.yaml",
                      fmt::format("utvei: scenario/1\nname: coverage\nmodel: model.yaml\nstart: 2020-01-01\nyears: 4\n"
                                  "population: {{persons: 1600, state: {{work: 3, aap: 1}}, region: {{{}}}, traits: "
                                  "{{sex: {{female: 1, male: 1}}}}}}\nbreakdowns: [[region, sex, state]]\n",
                                  shares));
    Diagnostics diagnostics;
    scenario_ = read_scenario(path, {}, {}, diagnostics);
    throw_if_errors(diagnostics);
    people_ = make_population(scenario_.population, scenario_.model, scenario_.start, diagnostics);
    scenario_.groups = 2;
    options_.method = Method::poisson;
    options_.region = RegionEffect::pooled;
    options_.traits = {TraitId{0}};
    options_.terms = {"sex"};
  }

  [[nodiscard]] Tallies of_register(std::uint32_t seed, std::uint32_t replicate) const {
    Truth const truth = draw_truth(seed, replicate);
    Exposure const counted = exposure_of(simulated(truth, seed, replicate, false));
    Fit const found = fit(counted, scenario_.model, options_);
    Tallies tallies;
    add_coefficients(found, tallies);
    for (RegionRatio const& ratio : found.regions) {
      tallies["regional ratios"].add(ratio.low, ratio_of(truth, ratio), ratio.high);
      tallies["ratio " + scenario_.model.transitions[ratio.transition].name].add(ratio.low, ratio_of(truth, ratio),
                                                                                 ratio.high);
    }
    for (RateCell const& cell : found.cells)
      tallies["rates"].add(cell.low, truth.rate.at(cell.transition.value()).at(region_of(cell)).at(sex_of(cell)),
                           cell.high);
    add_predictions(truth, found, seed, replicate, tallies);
    EstimateOptions known = options_;
    known.sd_prior = {};
    for (RegionRatio const& ratio : fit(counted, scenario_.model, known).regions)
      tallies["regional ratios, sd_prior: none"].add(ratio.low, ratio_of(truth, ratio), ratio.high);
    return tallies;
  }

  [[nodiscard]] RunResult simulated(Truth const& truth, std::uint32_t seed, std::uint32_t replicate,
                                    bool life_courses) const {
    Scenario scenario = scenario_;
    scenario.seed = static_cast<std::uint32_t>(mix64((std::uint64_t{seed} << 32U) + replicate));
    if (life_courses) scenario.life_courses.kind = LifeCourseRequest::Kind::all;
    return simulate(scenario, rates_of(truth), people_, {1, 10'000, nullptr, {}});
  }

  /// The tallies of a run are sufficient for its rates.
  [[nodiscard]] Exposure exposure_of(RunResult const& result) const {
    Exposure exposure;
    Model const& model = scenario_.model;
    std::vector<RegionId> all;
    for (std::size_t r = 0; r < regions; ++r) all.emplace_back(r);
    exposure.axes = {region_axis(all, model), trait_axis(TraitId{0}, model)};
    exposure.cells = regions * 2;
    exposure.minutes = Column<StateId, std::vector<std::int64_t>>(3, std::vector<std::int64_t>(exposure.cells));
    exposure.events = Column<TransitionId, std::vector<std::int64_t>>(transitions, exposure.minutes[StateId{0}]);
    exposure.rule_changes.assign(9, 0);
    exposure.unmodelled.assign(9, 0);
    exposure.data_class = "synthetic";
    for (std::size_t cell = 0; cell < exposure.cells; ++cell) {
      for (std::size_t s = 0; s < 3; ++s)
        exposure.minutes[StateId{s}][cell] =
            std::llround(result.table("person_years")->value(cell * 3 + s) * static_cast<double>(minutes_per_year));
      for (std::size_t t = 0; t < transitions; ++t)
        exposure.events[TransitionId{t}][cell] =
            std::llround(result.table("transitions")->value(cell * transitions + t));
    }
    return exposure;
  }

  /// The same, by way of the files of a register.
  [[nodiscard]] Exposure exported_and_counted(RunResult const& result, Truth const& truth) const {
    auto const files = register_of(result, scenario_.model, rates_of(truth), "model.yaml");
    folder_.write("persons.csv", files.persons);
    folder_.write("spells.csv", files.spells);
    Diagnostics diagnostics;
    Study const study = read_study(folder_.write("study.yaml", files.study), {}, Request{}, diagnostics);
    throw_if_errors(diagnostics);
    LifeCourses const lives = read_register(study, 1, diagnostics, nullptr);
    throw_if_errors(diagnostics);
    EstimateOptions const options = read_estimate_options(study, diagnostics);
    throw_if_errors(diagnostics);
    EXPECT_EQ(options.terms, options_.terms);
    EXPECT_EQ(options.region, options_.region);
    return tabulate(lives, study.model, cell_axes(options, lives, study.model), 1);
  }

 private:
  static std::size_t region_of(RateCell const& cell) { return cell.box.region.value().value(); }
  static std::size_t sex_of(RateCell const& cell) { return cell.box.traits.at(0).value(); }

  static double ratio_of(Truth const& truth, RegionRatio const& ratio) {
    auto const region = static_cast<std::size_t>(std::stoi(ratio.region.substr(1)));
    return std::exp(truth.effect.at(ratio.transition.value()).at(region));
  }

  [[nodiscard]] static Rates rates_of(Truth const& truth) {
    Rates rates;
    for (std::size_t t = 0; t < transitions; ++t) {
      for (std::size_t r = 0; r < regions; ++r) {
        for (std::uint32_t sex = 0; sex < 2; ++sex) {
          Box box;
          box.region = RegionId{r};
          box.traits = {sex};
          rates.rates.push_back({TransitionId{t}, box, truth.rate.at(t).at(r).at(sex), {}, {}, {}});
        }
      }
    }
    return rates;
  }

  void add_coefficients(Fit const& found, Tallies& tallies) const {
    for (Coefficient const& coefficient : found.coefficients) {
      auto const t = coefficient.transition.value();
      bool const is_intercept = coefficient.term == "(intercept)";
      if (!is_intercept && coefficient.term != "sex=male") continue;
      double const truth = is_intercept ? intercept.at(t) : of_men.at(t);
      double const wide = 1.959963984540054 * coefficient.se.value();
      Tally one;
      one.add(coefficient.estimate - wide, truth, coefficient.estimate + wide);
      tallies["coefficients"].add(one);
      tallies[fmt::format("coefficient {} {}", scenario_.model.transitions[coefficient.transition].name,
                          coefficient.term)]
          .add(one);
    }
  }

  void add_predictions(Truth const& truth, Fit const& found, std::uint32_t seed, std::uint32_t replicate,
                       Tallies& tallies) const {
    Rates const rates = to_rates(found);
    std::vector<std::vector<double>> stocks;
    std::vector<std::vector<double>> shares;
    for (std::uint32_t draw = 0; draw < draws; ++draw) {
      auto const factors = draw_rate_factors(scenario_.model, rates, seed + 1000 * replicate, draw + 1);
      Rows rows{};
      for (std::size_t i = 0; i < found.cells.size(); ++i) {
        RateCell const& cell = found.cells[i];
        rows.at(cell.transition.value()).at(region_of(cell)).at(sex_of(cell)) = cell.rate * factors[i];
      }
      stocks.push_back(stocks_of(rows));
      shares.push_back(shares_of(stocks.back()));
    }
    auto const true_stocks = stocks_of(truth.rate);
    add_quantiles(stocks, true_stocks, tallies["stocks by region"]);
    add_quantiles(shares, shares_of(true_stocks), tallies["shares"]);
  }

  static void add_quantiles(std::vector<std::vector<double>> const& drawn, std::vector<double> const& truth,
                            Tally& tally) {
    std::vector<double> values(drawn.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
      std::ranges::transform(drawn, values.begin(), [i](auto const& each) { return each[i]; });
      std::ranges::sort(values);
      auto const at = [&](double share) {
        double const place = share * static_cast<double>(values.size() + 1) - 1;
        auto const below = static_cast<std::size_t>(place);
        return values[below] + (place - std::floor(place)) * (values[below + 1] - values[below]);
      };
      tally.add(at(0.025), truth[i], at(0.975));
    }
  }

  support::TempFolder folder_;
  Scenario scenario_;
  Population people_;
  EstimateOptions options_;
};

Tallies tally_registers(Coverage const& study, std::uint32_t seed, std::uint32_t count) {
  std::vector<Tallies> each(count);
  parallel_for_blocks(count, 1, 0, nullptr, [&](Block const& block) {
    each[block.first] = study.of_register(seed, static_cast<std::uint32_t>(block.first));
  });
  Tallies sum;
  for (Tallies const& tallies : each) {
    for (auto const& [name, tally] : tallies) sum[name].add(tally);
  }
  return sum;
}

/// What the environment says, if it does.
std::uint32_t number_of(char const* variable, std::uint32_t otherwise) {
  char const* const text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::stoul(text));
}

constexpr std::array pooled{"coefficients", "regional ratios", "rates", "stocks by region", "shares"};

TEST(LongCoverage, OfIntervalsIsWhatTheySay) {
  Coverage const study;
  // Seeds below 100 were looked at while the intervals were made.
  std::uint32_t const seed = number_of("UTVEI_COVERAGE_SEED", 101);
  std::uint32_t const count = number_of("UTVEI_COVERAGE_REGISTERS", 1000);
  auto const sum = tally_registers(study, seed, count);
  std::cout << fmt::format("{} registers, seed {}: 95 % intervals cover\n", count, seed);
  for (auto const& [name, tally] : sum)
    std::cout << fmt::format("  {:45} {:5.1f} of 100 ({} intervals)\n", name, 100 * tally.share(), tally.all);
  for (char const* name : pooled) {
    EXPECT_GE(sum.at(name).share(), 0.93) << name;
    EXPECT_LE(sum.at(name).share(), 0.97) << name;
  }
  EXPECT_LT(sum.at("regional ratios, sd_prior: none").share(), sum.at("regional ratios").share());
  for (auto const& [name, tally] : sum) {
    if (!name.starts_with("coefficient ")) continue;
    double const band = 3.290526731491926 * std::sqrt(0.95 * 0.05 / tally.all);
    EXPECT_NEAR(tally.share(), 0.95, band) << name;
  }
}

// Forty registers tell a covariance that is wrong by half, not one that is wrong by a tenth.
TEST(Coverage, OfFortyRegistersIsNear) {
  Coverage const study;
  for (auto const& [name, tally] : tally_registers(study, 7, 40)) {
    if (std::ranges::find(pooled, name) == pooled.end()) continue;
    EXPECT_NEAR(tally.share(), 0.95, 0.04) << name;
  }
}

TEST(Coverage, IsOfWhatAnExportedRegisterHas) {
  Coverage const study;
  for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
    Truth const truth = draw_truth(7, replicate);
    RunResult const result = study.simulated(truth, 7, replicate, true);
    Exposure const direct = study.exposure_of(result);
    Exposure const exported = study.exported_and_counted(result, truth);
    for (StateId const state : ids_of(direct.minutes)) EXPECT_EQ(exported.minutes[state], direct.minutes[state]);
    for (TransitionId const t : ids_of(direct.events)) EXPECT_EQ(exported.events[t], direct.events[t]);
  }
}

TEST(Coverage, PredictsByTheMatrixExponential) {
  auto const at = occupation(0.3, 0.5, 0.2, horizon);
  auto const exact = support::matrix_exponential({{-0.3, 0.3, 0}, {0.5, -0.7, 0.2}, {0, 0, 0}}, horizon);
  for (std::size_t s = 0; s < 3; ++s) EXPECT_NEAR(at.at(s), exact[0][s], 1e-12);
}

}  // namespace
}  // namespace utvei
