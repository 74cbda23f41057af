// SPDX-License-Identifier: Apache-2.0
#include "region_pair.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/normal.hpp>
#include <utvei/core/quantile.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>

namespace utvei {
namespace {

void expect_comparable(RegionPair const& pair, RegionFactors const& factors) {
  Scenario const& region = pair.region.world.scenario;
  Scenario const& reference = pair.reference.world.scenario;
  for (auto const* scenario : {&region, &reference}) {
    if (scenario->demography.moves)
      throw InputError{Fault::file, scenario->population.place, "regions are compared without moves between them",
                       "who moves lives under the rates of several regions",
                       "leave moves out: --set demography.moves=null"};
  }
  if (&region == &reference) return;
  if (region.model.state_names() != reference.model.state_names() ||
      region.model.transition_names() != reference.model.transition_names() ||
      region.model.trait_names() != reference.model.trait_names() ||
      region.model.regions.codes() != reference.model.regions.codes())
    throw InputError{Fault::file, reference.population.place, "the scenarios of the two years have different models",
                     "states, transitions, traits and regions must be the same", "let both name one model"};
  constexpr Duration leap_days{2 * minutes_per_day};
  Duration const difference = (region.end - region.start) - (reference.end - reference.start);
  if (std::abs(difference.minutes) > leap_days.minutes)
    throw InputError{Fault::file, reference.population.place, "the runs of the two years are not of one length",
                     "what is compared is what happens in as long a time", "give both scenarios the same `years`"};
  auto const [first, last] = std::minmax(region.start, reference.start);
  for (SeriesBreak const& each : factors.breaks)
    if (first < each.at && each.at <= std::max(region.start, last))
      throw InputError{
          Fault::file, each.place,
          fmt::format("the two years lie on both sides of a break{}", each.why.empty() ? "" : ": " + each.why),
          "what is counted is not the same before and after it, so a difference says nothing of people",
          "compare years on one side of it"};
}

double variance_of_runs(std::vector<double> const& values) {
  if (values.size() < 2) return 0;
  double mean = 0;
  for (double const value : values) mean += value / static_cast<double>(values.size());
  double squares = 0;
  for (double const value : values) squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1);
}

/// `at_estimate`: by replicate. In a simulation all draws have the luck of the first replicate, so that their spread is
/// that of the rates and of how these act on a luck; the interval lies about the mean of all replicates.
RegionNumber number_from(std::vector<double> const& at_estimate, std::vector<double> const& by_draw) {
  RegionNumber number;
  for (double const value : at_estimate) number.value += value / static_cast<double>(at_estimate.size());
  number.mc_se = std::sqrt(variance_of_runs(at_estimate) / static_cast<double>(at_estimate.size()));
  if (by_draw.empty()) return number;
  if (at_estimate.size() == 1) {
    number.low_95 = quantile_of(by_draw, 0.025);
    number.high_95 = quantile_of(by_draw, 0.975);
    return number;
  }
  double const sd = std::sqrt(variance_of_runs(by_draw));
  number.low_95 = number.value - normal_975 * sd;
  number.high_95 = number.value + normal_975 * sd;
  return number;
}

/// One number of many valuations.
template <class Pick>
RegionNumber gathered(std::vector<PairValues> const& estimates, std::vector<PairValues> const& draws,
                      Pick const& pick) {
  std::vector<double> at_estimate;
  std::vector<double> by_draw;
  for (PairValues const& each : estimates) at_estimate.push_back(pick(each));
  for (PairValues const& each : draws) by_draw.push_back(pick(each));
  return number_from(at_estimate, by_draw);
}

}  // namespace

std::string_view name_of(RegionMethod method) {
  return method == RegionMethod::equations ? "equations" : "simulation";
}

std::string_view name_of(RegionService::Doubt doubt) {
  switch (doubt) {
    case RegionService::Doubt::no_evidence:
      return "no_evidence";
    case RegionService::Doubt::assumed_effect:
      return "assumed_effect";
    case RegionService::Doubt::no_interval:
      return "no_interval";
    case RegionService::Doubt::none:
      break;
  }
  return "";
}

RegionsReport decompose_regions(std::vector<RegionPair> const& pairs, std::vector<RegionOutcome> const& outcomes,
                                RegionFactors const& factors, RegionOptions const& options) {
  RegionsReport report;
  report.draws = options.draws;
  expect_exchangeable_measures(pairs);
  report.services = services_of(pairs);
  report.components = components_of(factors, pairs, report);
  for (RegionPair const& pair : pairs) expect_comparable(pair, factors);
  std::uint64_t done = 0;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    PairOfRegions const pair{pairs[p], outcomes, factors, report.components, options};
    report.without_counterpart = std::max(report.without_counterpart, pair.without_counterpart());
    if (p == 0) {
      report.why_not_equations = pair.why_not_equations();
      bool const can = report.why_not_equations.empty();
      report.method = options.method.value_or(can ? RegionMethod::equations : RegionMethod::simulation);
      if (!can && report.method == RegionMethod::equations)
        throw InputError{Fault::usage, Place{}, "the cohort equations do not hold for this scenario",
                         report.why_not_equations, "leave `--method` out, or ask for simulation"};
    }
    std::uint32_t const replicates = report.method == RegionMethod::equations ? 1 : std::max(2U, options.replicates);
    std::uint64_t const total = pairs.size() * (std::uint64_t{replicates} + options.draws);
    auto const tell = [&] {
      ++done;
      if (options.progress) options.progress(done, total);
    };
    std::vector<PairValues> estimates;
    std::vector<PairValues> draws;
    for (std::uint32_t r = 0; r < replicates; ++r, tell())
      estimates.push_back(pair.at({std::nullopt, r}, report.method));
    for (std::uint32_t d = 0; d < options.draws; ++d, tell()) draws.push_back(pair.at({d, 0}, report.method));
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
      RegionDifference difference{p, o, {}, {}, {}, {}, {}};
      auto const with = [&](auto const& pick) { return gathered(estimates, draws, pick); };
      difference.region = with([&](PairValues const& v) { return v.region[o]; });
      difference.reference = with([&](PairValues const& v) { return v.reference[o]; });
      difference.with_reference_rates = with([&](PairValues const& v) { return v.with_reference_rates[o]; });
      difference.total = with([&](PairValues const& v) { return v.region[o] - v.reference[o]; });
      for (std::size_t c = 0; c < report.components.size(); ++c)
        difference.contributions.push_back(with([&](PairValues const& v) { return v.contributions[o][c]; }));
      report.differences.push_back(std::move(difference));
    }
  }
  return report;
}

}  // namespace utvei
