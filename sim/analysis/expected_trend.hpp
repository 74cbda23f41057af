// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/expected_outcomes.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

/// The county of each region as a number; empty unless there are two counties, one of them with two regions.
std::vector<std::uint32_t> counties_of(std::vector<RegionId> const& regions, Regions const& tree);

/// Counts of the regions at `places` for the model of ratios, in units of chance, with `expected` scaled to the sum of
/// what was observed.
RatioData ratio_data_of(std::vector<RegionId> const& regions, OutcomeCounts const& counts,
                        std::vector<double> const& expected, std::vector<std::size_t> const& places,
                        Regions const& tree, std::vector<std::size_t> const& covariates);

/// A change of observed over expected from one period to another: exact, given the sum of the two counts (Przyborowski
/// & Wilenski 1940, Biometrika 31: 313-323), with the limits of Clopper & Pearson (1934).
struct RatioChange {
  double ratio{1}, low_95{0}, high_95{0}, p{1};
};
RatioChange change_of_ratio(double observed_before, double expected_before, double observed_after,
                            double expected_after);

/// How regions stand against expected in each period, and whether they moved.
class TrendOfRegions {
 public:
  TrendOfRegions(OutcomeData const& data, Regions const& tree, ExpectedOptions const& options, Better better)
      : data_{data}, tree_{tree}, options_{options}, better_{better} {}
  /// Of the regions at these places, where there are two periods with events or more.
  [[nodiscard]] std::vector<RegionTrend> regions(std::vector<std::size_t> const& places) const;

 private:
  void add_period(OutcomeCounts const& counts, std::vector<std::size_t> const& places,
                  std::vector<RegionTrend>& trend) const;
  void add_changes(std::vector<std::size_t> const& places, std::vector<RegionTrend>& trend) const;
  OutcomeData const& data_;
  Regions const& tree_;
  ExpectedOptions const& options_;
  Better better_;
};

}  // namespace utvei
