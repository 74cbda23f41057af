// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/rates.hpp>
#include <utvei/register/limits.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Counts of categories by region: n_r ~ Multinomial(N_r, p_r) with p_r ~ Dirichlet(concentration × mean), one of each
/// region.
struct DirichletMultinomial {
  enum class End {
    none,   ///< the likelihood has its maximum at the concentration
    alike,  ///< regions differ by no more than chance: the concentration is infinite
    apart,  ///< regions have nothing in common: the concentration is the lowest that is looked at
  };
  double concentration{0};
  std::vector<double> mean;  ///< by category; sums to 1
  double log_likelihood{0};  ///< of the counts in the order in which they came: without multinomial coefficients
  bool converged{true};
  End end{End::none};
};
/// Marginal maximum likelihood of concentration and mean together. `counts`: by region, then category; every category
/// has been seen.
DirichletMultinomial fit_dirichlet_multinomial(std::vector<std::vector<std::int64_t>> const& counts);
/// The marginal log-likelihood, likewise without multinomial coefficients. `alpha`: by category, above 0.
double log_likelihood_of_shares(std::vector<std::vector<std::int64_t>> const& counts, std::vector<double> const& alpha);

/// Central 95 % of a beta distribution; a parameter of 0 makes it a point.
struct ShareInterval {
  double low;
  double high;
};
ShareInterval beta_95(double a, double b);

/// Where people go who come to a limit.
struct LimitFit {
  struct Region {
    std::optional<RegionId> region;  ///< none: all together
    std::vector<std::int64_t> went;  ///< by place in `to`
    std::int64_t reached{0};
    std::vector<double> alpha;  ///< of the Dirichlet distribution of its shares, given the data
    double borrowed{1};         ///< 1 − weight of the own data
    [[nodiscard]] double share(std::size_t place) const;
  };
  LimitCounts counts;
  std::vector<StateId> to;  ///< those that somebody went to, in the order of the model; the state itself: stays, last
  DirichletMultinomial between;
  std::vector<Region> regions;  ///< none if nobody came to the limit
};
/// Shares by region: Dirichlet distributions with the concentration and mean of the marginal likelihood as prior.
LimitFit fit_limit(LimitCounts counts);

/// What of it a run needs.
LimitShares to_shares(LimitFit const& fit);

}  // namespace utvei
