// SPDX-License-Identifier: Apache-2.0
#include "expected_trend.hpp"

#include <utvei/core/normal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/special_functions/beta.hpp>

namespace utvei {

std::vector<std::uint32_t> counties_of(std::vector<RegionId> const& regions, Regions const& tree) {
  std::map<RegionId, std::uint32_t> numbers;
  std::vector<std::uint32_t> county;
  for (RegionId const region : regions) {
    if (!tree[region].parent) return {};
    county.push_back(numbers.emplace(*tree[region].parent, static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  bool const is_nested = numbers.size() > 1 && numbers.size() < regions.size();
  return is_nested ? county : std::vector<std::uint32_t>{};
}

RatioData ratio_data_of(std::vector<RegionId> const& regions, OutcomeCounts const& counts,
                        std::vector<double> const& expected, std::vector<std::size_t> const& places,
                        Regions const& tree, std::vector<std::size_t> const& covariates) {
  double observed_in_all = 0;
  double expected_in_all = 0;
  std::vector<RegionId> with_people;
  for (std::size_t const place : places) {
    observed_in_all += counts.observed[place];
    expected_in_all += expected[place];
    with_people.push_back(regions[place]);
  }
  RatioData data;
  for (std::size_t const place : places) {
    data.observed.push_back(counts.observed[place] / counts.chance[place]);
    data.expected.push_back(expected[place] * observed_in_all / expected_in_all / counts.chance[place]);
  }
  for (std::size_t const column : covariates) {
    auto& values = data.covariates.emplace_back();
    for (RegionId const region : with_people) values.push_back(tree.covariates[column][region.value()]);
  }
  data.county = counties_of(with_people, tree);
  return data;
}

RatioChange change_of_ratio(double observed_before, double expected_before, double observed_after,
                            double expected_after) {
  using boost::math::beta_distribution;
  double const all = observed_before + observed_after;
  double const odds_of_expected = expected_before / expected_after;
  auto const ratio_at = [&](double share) {
    return share < 1 ? share / (1 - share) * odds_of_expected : std::numeric_limits<double>::infinity();
  };
  RatioChange change;
  change.ratio = ratio_at(observed_after / all);
  constexpr double tail = 0.025;
  if (observed_after > 0)
    change.low_95 = ratio_at(quantile(beta_distribution<double>{observed_after, observed_before + 1}, tail));
  change.high_95 =
      observed_before > 0
          ? ratio_at(quantile(complement(beta_distribution<double>{observed_after + 1, observed_before}, tail)))
          : std::numeric_limits<double>::infinity();
  double const unchanged = expected_after / (expected_before + expected_after);
  double const no_fewer = observed_after > 0 ? boost::math::ibeta(observed_after, observed_before + 1, unchanged) : 1;
  double const no_more = observed_before > 0 ? boost::math::ibetac(observed_after + 1, observed_before, unchanged) : 1;
  change.p = std::min(1.0, 2 * std::min(no_fewer, no_more));
  return change;
}

std::vector<RegionTrend> TrendOfRegions::regions(std::vector<std::size_t> const& places) const {
  if (data_.periods.size() < 2) return {};
  for (OutcomeCounts const& counts : data_.periods) {
    double events = 0;
    for (std::size_t const place : places) events += counts.observed[place];
    if (events <= 0) return {};
  }
  std::vector<RegionTrend> trend;
  for (std::size_t const place : places) trend.emplace_back().region = data_.regions[place];
  for (OutcomeCounts const& counts : data_.periods) add_period(counts, places, trend);
  add_changes(places, trend);
  return trend;
}

/// Each period has its own national level and its own model, so that a ratio is against the others at that time.
void TrendOfRegions::add_period(OutcomeCounts const& counts, std::vector<std::size_t> const& places,
                                std::vector<RegionTrend>& trend) const {
  std::vector<std::size_t> with_people;
  for (std::size_t const place : places)
    if (counts.expected[place] > 0) with_people.push_back(place);
  auto const model =
      fit_ratio_model(ratio_data_of(data_.regions, counts, counts.expected, with_people, tree_, options_.covariates),
                      options_.sd_prior);
  std::size_t next = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto& in_period = trend[i].periods.emplace_back();
    in_period.observed = counts.observed[places[i]];
    if (counts.expected[places[i]] <= 0) continue;
    double const wide = normal_975 * model.log_se(next);
    in_period.expected = model.expected[next] * counts.chance[places[i]];
    in_period.ratio = std::exp(model.log_ratio[next]);
    in_period.low_95 = std::exp(model.log_ratio[next] - wide);
    in_period.high_95 = std::exp(model.log_ratio[next] + wide);
    ++next;
  }
}

void TrendOfRegions::add_changes(std::vector<std::size_t> const& places, std::vector<RegionTrend>& trend) const {
  std::vector<double> p;
  std::vector<std::size_t> tested;
  for (std::size_t i = 0; i < trend.size(); ++i) {
    auto const& first = trend[i].periods.front();
    auto const& last = trend[i].periods.back();
    trend[i].has_change = first.expected > 0 && last.expected > 0 && first.observed + last.observed > 0;
    if (!trend[i].has_change) continue;
    double const before = data_.periods.front().chance[places[i]];
    double const after = data_.periods.back().chance[places[i]];
    auto const change =
        change_of_ratio(first.observed / before, first.expected / before, last.observed / after, last.expected / after);
    trend[i].change = change.ratio;
    trend[i].low_95 = change.low_95;
    trend[i].high_95 = change.high_95;
    trend[i].p = change.p;
    p.push_back(change.p);
    tested.push_back(i);
  }
  auto const corrected = corrected_p(p, options_.correction);
  for (std::size_t k = 0; k < tested.size(); ++k) {
    RegionTrend& region = trend[tested[k]];
    region.p_corrected = corrected[k];
    if (corrected[k] > options_.significance) continue;
    region.flag = (region.change > 1) == (better_ == Better::more) ? Flag::better : Flag::worse;
  }
}

}  // namespace utvei
