// SPDX-License-Identifier: Apache-2.0
// Observed over expected by region. The funnel asks whether a region stands out from what is ordinary (Spiegelhalter
// 2005); the model of ratios says how far it is likely to be from what was expected, and ranks are drawn from it.
#include "expected_trend.hpp"

#include <utvei/analysis/expected_outcomes.hpp>
#include <utvei/core/contract.hpp>
#include <utvei/core/normal.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace utvei {
namespace {

constexpr double normal_999 = 3.090232306167814;

/// Regions whose people can be counted, and their places in the data.
std::vector<std::size_t> places_with_people(OutcomeData const& data) {
  std::vector<std::size_t> places;
  for (std::size_t r = 0; r < data.regions.size(); ++r)
    if (data.all.expected[r] > 0) places.push_back(r);
  return places;
}

Flag flag_of(double corrected, double score, double significance, Better better) {
  if (corrected > significance) return Flag::as_expected;
  return (score > 0) == (better == Better::more) ? Flag::better : Flag::worse;
}

std::vector<double> p_of(std::vector<double> const& scores) {
  std::vector<double> p;
  for (double const score : scores) p.push_back(two_sided_p(score));
  return p;
}

/// The first `most` regions by falling probability, of those that are more likely than not at that end.
std::vector<std::size_t> cases_of(std::vector<RegionAgainstExpected> const& regions, double PosteriorRank::*at_end,
                                  std::size_t most) {
  std::vector<std::size_t> cases;
  for (std::size_t r = 0; r < regions.size(); ++r)
    if (regions[r].rank.*at_end >= case_probability) cases.push_back(r);
  std::ranges::stable_sort(
      cases, [&](std::size_t a, std::size_t b) { return regions[a].rank.*at_end > regions[b].rank.*at_end; });
  if (cases.size() > most) cases.resize(most);
  return cases;
}

VariancePartition partition_of(VariancePartition::Basis basis, RatioModel const& model) {
  VariancePartition part{basis, model.sd_region * model.sd_region, std::nullopt};
  if (model.sd_county) part.between = *model.sd_county * *model.sd_county;
  return part;
}

class AgainstExpected {
 public:
  AgainstExpected(OutcomeAsked const& outcome, OutcomeData const& data, Regions const& regions,
                  ExpectedOptions const& options)
      : data_{data}, regions_{regions}, options_{options}, places_{places_with_people(data)} {
    report_.outcome = outcome;
    report_.label = data.all.label;
    for (std::size_t r = 0; r < data.regions.size(); ++r)
      if (data.all.expected[r] <= 0) report_.without_people.push_back(data.regions[r]);
  }

  OutcomeReport report() {
    double events = 0;
    for (std::size_t const place : places_) events += data_.all.observed[place];
    report_.has_events = events > 0 && places_.size() > 1;
    if (!report_.has_events) return std::move(report_);
    fit();
    compare();
    rank();
    report_.best = cases_of(report_.regions, &PosteriorRank::in_best_tenth, options_.cases);
    report_.worst = cases_of(report_.regions, &PosteriorRank::in_worst_tenth, options_.cases);
    TrendOfRegions const trend{data_, regions_, options_, report_.outcome.better};
    report_.trend = trend.regions(places_);
    for (OutcomeCounts const& period : data_.periods) report_.periods.push_back(period.label);
    return std::move(report_);
  }

 private:
  [[nodiscard]] RatioData ratio_data(std::vector<double> const& expected, bool with_covariates) const {
    return ratio_data_of(data_.regions, data_.all, expected, places_, regions_,
                         with_covariates ? options_.covariates : std::vector<std::size_t>{});
  }

  void fit() {
    using Basis = VariancePartition::Basis;
    auto const crude = fit_ratio_model(ratio_data(data_.all.crude, false), options_.sd_prior);
    report_.partition.push_back(partition_of(Basis::crude, crude));
    report_.model = fit_ratio_model(ratio_data(data_.all.expected, false), options_.sd_prior);
    report_.partition.push_back(partition_of(Basis::composition, report_.model));
    if (options_.covariates.empty()) return;
    report_.model = fit_ratio_model(ratio_data(data_.all.expected, true), options_.sd_prior);
    report_.partition.push_back(partition_of(Basis::covariates, report_.model));
  }

  /// Scores and limits count in units of chance: a stock's counts are divided by its variance over its mean.
  void compare() {
    auto const data = ratio_data(data_.all.expected, false);
    auto const& expected = report_.model.expected;
    auto const ordinary = places_.size() < least_for_overdispersion ? Overdispersion::none : Overdispersion::additive;
    report_.funnel = fit_funnel(data.observed, expected, options_.overdispersion.value_or(ordinary));
    auto const p = p_of(report_.funnel.score);
    auto const corrected = corrected_p(p, options_.correction);
    auto const by_chance = corrected_p(p_of(report_.funnel.chance), options_.correction);
    for (std::size_t i = 0; i < places_.size(); ++i) {
      std::size_t const place = places_[i];
      double const log_ratio = report_.model.log_ratio[i];
      double const wide = normal_975 * report_.model.log_se(i);
      RegionAgainstExpected region;
      region.region = data_.regions[place];
      region.size = data_.all.size[place];
      region.observed = data_.all.observed[place];
      region.composition = data.expected[i] * data_.all.chance[place];
      region.expected = expected[i] * data_.all.chance[place];
      region.ratio = std::exp(log_ratio);
      region.low_95 = std::exp(log_ratio - wide);
      region.high_95 = std::exp(log_ratio + wide);
      region.funnel_95 = funnel_limits(report_.funnel, expected[i], normal_975);
      region.funnel_998 = funnel_limits(report_.funnel, expected[i], normal_999);
      region.p = p[i];
      region.p_corrected = corrected[i];
      region.flag = flag_of(corrected[i], report_.funnel.score[i], options_.significance, report_.outcome.better);
      region.beyond_chance =
          flag_of(by_chance[i], report_.funnel.chance[i], options_.significance, report_.outcome.better);
      region.reliability = report_.model.reliability(i);
      report_.regions.push_back(region);
    }
  }

  void rank() {
    auto const ranks = posterior_ranks(report_.model.log_ratio, report_.model.covariance,
                                       {report_.outcome.better, options_.draws, options_.seed});
    for (std::size_t i = 0; i < ranks.size(); ++i) report_.regions[i].rank = ranks[i];
  }

  OutcomeData const& data_;
  Regions const& regions_;
  ExpectedOptions const& options_;
  std::vector<std::size_t> places_;
  OutcomeReport report_;
};

}  // namespace

std::string_view name_of(Flag flag) {
  switch (flag) {
    case Flag::better:
      return "better";
    case Flag::worse:
      return "worse";
    case Flag::as_expected:
      break;
  }
  return "as expected";
}

OutcomeReport against_expected(OutcomeAsked const& outcome, OutcomeData const& data, Regions const& regions,
                               ExpectedOptions const& options) {
  return AgainstExpected{outcome, data, regions, options}.report();
}

}  // namespace utvei
