// SPDX-License-Identifier: Apache-2.0
#include "paired.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <numeric>

// Random groups (Wolter 2007, Introduction to Variance Estimation, ch. 2): people are split by a hash of their key, so
// the groups are independent random samples and the spread of the paired differences d_g shows the variance of their
// sum D. The hash leaves the sizes n_g to chance while the number of people N is fixed, so a group that is larger than
// the mean by luck is no noise in D. The residuals of the ratio estimator (Cochran 1977, Sampling Techniques, ch. 6),
// e_g = d_g - n_g D / N, take that out:
//
//   var(D) = G / (G - 1) sum_g e_g^2
//
// Who starts where counts as chance, too, so the error of a fixed population is a little smaller.

namespace utvei {
namespace {

/// Share of each group in all people; equal shares where sizes are not known, which gives the plain form.
std::vector<double> shares_of(PairedDifferences const& paired) {
  std::vector<double> shares(paired.groups, 1.0 / static_cast<double>(paired.groups));
  double const persons = std::accumulate(paired.group_persons.begin(), paired.group_persons.end(), 0.0);
  if (persons > 0)
    std::ranges::transform(paired.group_persons, shares.begin(), [persons](double n) { return n / persons; });
  return shares;
}

/// Variance of a single run by cell, for one draw, from its groups; mean over the replicates.
std::vector<double> variance_from_groups(PairedDifferences const& paired, std::size_t draw, double const* by_group,
                                         std::vector<double> const& shares) {
  std::vector<double> variance(paired.cells, 0.0);
  double const groups = static_cast<double>(paired.groups);
  double const factor = groups / (groups - 1) / static_cast<double>(paired.replicates);
  for (std::size_t replicate = 0; replicate < paired.replicates; ++replicate) {
    std::size_t const run = draw * paired.replicates + replicate;
    double const* total = paired.total.data() + run * paired.cells;
    for (std::size_t group = 0; group < paired.groups; ++group) {
      double const* part = by_group + (replicate * paired.groups + group) * paired.cells;
      for (std::size_t cell = 0; cell < paired.cells; ++cell) {
        double const residual = part[cell] - shares[group] * total[cell];
        variance[cell] += factor * residual * residual;
      }
    }
  }
  return variance;
}

/// Sample mean and variance of `count` values that lie `stride` apart.
struct Moments {
  double mean{0};
  double variance{0};
};

Moments moments(double const* first, std::size_t count, std::size_t stride) {
  Moments result;
  for (std::size_t i = 0; i < count; ++i) result.mean += first[i * stride];
  result.mean /= static_cast<double>(count);
  if (count < 2) return result;
  for (std::size_t i = 0; i < count; ++i) {
    double const residual = first[i * stride] - result.mean;
    result.variance += residual * residual;
  }
  result.variance /= static_cast<double>(count - 1);
  return result;
}

/// Where no groups were kept, independent replicates show the variance of a run.
std::vector<double> variance_from_replicates(PairedDifferences const& paired, std::size_t draw) {
  std::vector<double> variance(paired.cells);
  double const* first = paired.total.data() + draw * paired.replicates * paired.cells;
  for (std::size_t cell = 0; cell < paired.cells; ++cell)
    variance[cell] = moments(first + cell, paired.replicates, paired.cells).variance;
  return variance;
}

/// Variance of a single run by cell, mean over draws; empty if nothing shows it.
std::vector<double> run_variances(PairedDifferences const& paired) {
  if (!paired.run_variance.empty()) return paired.run_variance;
  bool const has_groups = paired.groups > 1;
  if (!has_groups && paired.replicates < 2) return {};
  std::vector<double> mean(paired.cells, 0.0);
  std::vector<double> const shares = has_groups ? shares_of(paired) : std::vector<double>{};
  for (std::size_t draw = 0; draw < paired.draws; ++draw) {
    double const* const parts = paired.by_group.data() + draw * paired.replicates * paired.groups * paired.cells;
    std::vector<double> const one =
        has_groups ? variance_from_groups(paired, draw, parts, shares) : variance_from_replicates(paired, draw);
    for (std::size_t cell = 0; cell < paired.cells; ++cell) mean[cell] += one[cell] / static_cast<double>(paired.draws);
  }
  return mean;
}

/// Means over replicates, by draw and cell.
std::vector<double> means_by_draw(PairedDifferences const& paired) {
  std::vector<double> means(paired.draws * paired.cells, 0.0);
  for (std::size_t draw = 0; draw < paired.draws; ++draw)
    for (std::size_t cell = 0; cell < paired.cells; ++cell)
      means[draw * paired.cells + cell] =
          moments(paired.total.data() + draw * paired.replicates * paired.cells + cell, paired.replicates, paired.cells)
              .mean;
  return means;
}

}  // namespace

PairedDifferences less(PairedDifferences a, PairedDifferences const& b) {
  if (a.by_group.size() != b.by_group.size() || b.groups == 0) {
    a.groups = 0;
    a.by_group.clear();
    a.group_persons.clear();
  }
  for (std::size_t i = 0; i < a.total.size(); ++i) a.total[i] -= b.total[i];
  for (std::size_t i = 0; i < a.by_group.size(); ++i) a.by_group[i] -= b.by_group[i];
  return a;
}

void add_groups_of_draw(PairedDifferences& paired, std::size_t draw, std::vector<double> const& by_group) {
  UTVEI_EXPECT(paired.groups > 1 && paired.by_group.empty());
  UTVEI_EXPECT(by_group.size() == paired.replicates * paired.groups * paired.cells);
  std::vector<double> const one = variance_from_groups(paired, draw, by_group.data(), shares_of(paired));
  paired.run_variance.resize(paired.cells, 0.0);
  for (std::size_t cell = 0; cell < paired.cells; ++cell)
    paired.run_variance[cell] += one[cell] / static_cast<double>(paired.draws);
}

std::vector<PairedEstimate> estimate_differences(PairedDifferences const& paired) {
  UTVEI_EXPECT(paired.total.size() == paired.draws * paired.replicates * paired.cells);
  UTVEI_EXPECT(!paired.run_variance.empty() ||
               paired.by_group.size() == paired.draws * paired.replicates * paired.groups * paired.cells);
  UTVEI_EXPECT(paired.group_persons.empty() || paired.group_persons.size() == paired.groups);
  std::vector<double> const variances = run_variances(paired);
  std::vector<double> const means = means_by_draw(paired);
  double const draws = static_cast<double>(paired.draws);
  double const replicates = static_cast<double>(paired.replicates);
  std::vector<PairedEstimate> estimates(paired.cells);
  for (std::size_t cell = 0; cell < paired.cells; ++cell) {
    PairedEstimate& estimate = estimates[cell];
    Moments const between = moments(means.data() + cell, paired.draws, paired.cells);
    estimate.difference = between.mean;
    if (variances.empty()) continue;
    estimate.run_variance = variances[cell];
    estimate.draw_variance = paired.draws > 1 ? between.variance : 0;
    estimate.monte_carlo_variance = variances[cell] / (replicates * draws);
    // One-way analysis of variance (O'Hagan, Stevenson & Madan 2007): what draws differ by beyond their luck.
    if (paired.draws > 1) estimate.parameter_variance = std::max(0.0, between.variance - variances[cell] / replicates);
  }
  return estimates;
}

}  // namespace utvei
