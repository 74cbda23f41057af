// SPDX-License-Identifier: Apache-2.0
// Empirical Bayes of shares: a Dirichlet prior, whose parameters all regions together give, and each region's own
// counts.
#include <utvei/core/contract.hpp>
#include <utvei/estimation/fit.hpp>

#include <algorithm>
#include <numeric>

namespace utvei {
namespace {

/// Destinations that somebody went to; who stays comes last.
std::vector<StateId> destinations_seen(LimitCounts const& counts) {
  std::vector<StateId> seen;
  std::size_t const states = counts.went.front().size();
  for (std::size_t s = 0; s < states; ++s) {
    bool const somebody = std::ranges::any_of(counts.went, [s](auto const& row) { return row[s] > 0; });
    if (somebody && s != counts.window.state.value()) seen.emplace_back(s);
  }
  StateId const stays = counts.window.state;
  if (std::ranges::any_of(counts.went, [&](auto const& row) { return row[stays.value()] > 0; })) seen.push_back(stays);
  return seen;
}

LimitFit::Region count_region(LimitCounts const& counts, std::vector<StateId> const& to, std::size_t place) {
  LimitFit::Region region;
  if (!counts.regions.empty()) region.region = counts.regions[place];
  for (StateId const state : to) region.went.push_back(counts.went[place][state.value()]);
  region.reached = std::accumulate(region.went.begin(), region.went.end(), std::int64_t{0});
  return region;
}

/// The shares of all regions together have the distribution that their counts give them without a prior, whose means
/// are the shares that were seen.
std::vector<double> common_alpha(std::vector<LimitFit::Region> const& regions) {
  std::vector<double> alpha(regions.front().went.size());
  for (LimitFit::Region const& region : regions) {
    for (std::size_t k = 0; k < alpha.size(); ++k) alpha[k] += static_cast<double>(region.went[k]);
  }
  return alpha;
}

}  // namespace

double LimitFit::Region::share(std::size_t place) const {
  return alpha[place] / std::accumulate(alpha.begin(), alpha.end(), 0.0);
}

LimitFit fit_limit(LimitCounts counts) {
  LimitFit fit;
  fit.to = destinations_seen(counts);
  for (std::size_t place = 0; place < counts.went.size() && !fit.to.empty(); ++place) {
    fit.regions.push_back(count_region(counts, fit.to, place));
  }
  fit.counts = std::move(counts);
  if (fit.regions.empty()) return fit;
  std::vector<std::vector<std::int64_t>> went;
  for (LimitFit::Region const& region : fit.regions) went.push_back(region.went);
  fit.between = fit_dirichlet_multinomial(went);
  bool const alike = fit.between.end == DirichletMultinomial::End::alike;
  auto const common = common_alpha(fit.regions);
  for (LimitFit::Region& region : fit.regions) {
    region.alpha = common;
    if (!region.region) region.borrowed = 0;
    if (alike) continue;
    for (std::size_t k = 0; k < common.size(); ++k) {
      region.alpha[k] = fit.between.concentration * fit.between.mean[k] + static_cast<double>(region.went[k]);
    }
    region.borrowed = fit.between.concentration / (fit.between.concentration + static_cast<double>(region.reached));
  }
  return fit;
}

std::vector<LimitFit> fit_limits(LifeCourses const& lives, Model const& model, EstimateOptions const& options,
                                 std::size_t threads, StopFlag const* stop) {
  std::vector<bool> by_region;
  for (EstimatedLimit const& limit : options.limits) by_region.push_back(limit.by_region);
  std::vector<LimitFit> fits;
  for (LimitCounts& counts : count_limits(lives, model, windows_of(options), by_region, threads, stop)) {
    fits.push_back(fit_limit(std::move(counts)));
  }
  return fits;
}

LimitShares to_shares(LimitFit const& fit) {
  UTVEI_EXPECT(!fit.regions.empty());
  LimitShares shares{fit.counts.window.state, fit.counts.window.after, fit.to, {}};
  // Where regions are alike they have the same shares, and so they have in each draw.
  if (fit.between.end == DirichletMultinomial::End::alike) {
    shares.rows.push_back({std::nullopt, fit.regions.front().alpha});
    return shares;
  }
  for (LimitFit::Region const& region : fit.regions) shares.rows.push_back({region.region, region.alpha});
  return shares;
}

}  // namespace utvei
