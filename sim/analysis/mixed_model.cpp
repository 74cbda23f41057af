// SPDX-License-Identifier: Apache-2.0
// The covariance of a group with weights w is σ² (W⁻¹ + λ 1 1'), whose inverse is (W - λ / (1 + λ Σw) w w') / σ², and
// its determinant σ²ᵐ (1 + λ Σw) / Πw. So X'V⁻¹X needs sums that do not hang on λ, once for each Σw.
#include "mixed_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <boost/math/tools/minima.hpp>

namespace utvei {

double MixedModelFit::standard_error(std::size_t effect) const {
  return std::sqrt(covariance[effect * effects.size() + effect]);
}

/// Of the restricted likelihood, for one ratio of the intercept's variance to the residual one.
struct MixedModel::Profile {
  std::vector<double> root;  ///< Cholesky factor of [X y]' V⁻¹ [X y], lower; its last row has β, its corner the residue
  double deviance{0};        ///< -2 log likelihood but for a constant
  double residual_variance{0};
};

namespace {

/// Lower factor in place, with zeros above; false where the matrix is not positive definite but for its corner.
bool factorise(std::vector<double>& matrix, std::size_t size) {
  constexpr double rounding = 1e-11;
  for (std::size_t j = 0; j < size; ++j) {
    double const whole = matrix[j * size + j];
    double pivot = whole;
    for (std::size_t k = 0; k < j; ++k) pivot -= matrix[j * size + k] * matrix[j * size + k];
    if (!(pivot > rounding * whole)) return false;
    double const root = std::sqrt(pivot);
    matrix[j * size + j] = root;
    for (std::size_t i = j + 1; i < size; ++i) {
      double sum = matrix[i * size + j];
      for (std::size_t k = 0; k < j; ++k) sum -= matrix[i * size + k] * matrix[j * size + k];
      matrix[i * size + j] = sum / root;
    }
    for (std::size_t i = 0; i < j; ++i) matrix[i * size + j] = 0;
  }
  return true;
}

/// The inverse of a lower factor.
std::vector<double> inverse_of_lower(std::vector<double> const& root, std::size_t size, std::size_t stride) {
  std::vector<double> inverse(size * size, 0);
  for (std::size_t j = 0; j < size; ++j) {
    inverse[j * size + j] = 1 / root[j * stride + j];
    for (std::size_t i = j + 1; i < size; ++i) {
      double sum = 0;
      for (std::size_t k = j; k < i; ++k) sum -= root[i * stride + k] * inverse[k * size + j];
      inverse[i * size + j] = sum / root[i * stride + i];
    }
  }
  return inverse;
}

}  // namespace

MixedModel::MixedModel(std::size_t effects) : effects_{effects}, products_((effects + 1) * (effects + 1), 0) {}

void MixedModel::add(GroupsAlike const& groups) {
  std::size_t const size = effects_ + 1;
  std::vector<double> total(effects_, 0);
  double weight = 0;
  double y_total = 0;
  for (std::size_t m = 0; m < groups.weights.size(); ++m) {
    double const w = groups.weights[m];
    double const* const row = &groups.rows[m * effects_];
    weight += w;
    y_total += w * groups.sums[m];
    for (std::size_t i = 0; i < effects_; ++i) {
      if (row[i] == 0) continue;
      total[i] += w * row[i];
      for (std::size_t j = 0; j < effects_; ++j) products_[i * size + j] += groups.groups * w * row[i] * row[j];
      products_[effects_ * size + i] += w * row[i] * groups.sums[m];
    }
  }
  products_.back() += groups.squares;
  auto found = std::ranges::find(by_weight_, weight, &OfWeight::weight);
  if (found == by_weight_.end()) {
    by_weight_.push_back({weight, 0, std::vector<double>(size * size, 0)});
    found = by_weight_.end() - 1;
  }
  found->groups += groups.groups;
  for (std::size_t i = 0; i < effects_; ++i) {
    for (std::size_t j = 0; j < effects_; ++j) found->products[i * size + j] += groups.groups * total[i] * total[j];
    found->products[effects_ * size + i] += total[i] * y_total;
  }
  found->products.back() += groups.squared_totals;
  measurements_ += groups.groups * static_cast<double>(groups.weights.size());
  weights_ += groups.groups * weight;
  groups_ += groups.groups;
}

std::optional<MixedModel::Profile> MixedModel::profile_at(double ratio) const {
  std::size_t const size = effects_ + 1;
  Profile profile{products_, 0, 0};
  for (OfWeight const& each : by_weight_) {
    double const shrinks = ratio / (1 + ratio * each.weight);
    for (std::size_t i = 0; i < size * size; ++i) profile.root[i] -= shrinks * each.products[i];
    profile.deviance += each.groups * std::log1p(ratio * each.weight);
  }
  if (!factorise(profile.root, size)) return std::nullopt;
  double const left = measurements_ - static_cast<double>(effects_);
  profile.residual_variance = profile.root.back() * profile.root.back() / left;
  profile.deviance += left * std::log(profile.residual_variance);
  for (std::size_t i = 0; i < effects_; ++i) profile.deviance += 2 * std::log(profile.root[i * size + i]);
  return profile;
}

/// The best of a grid, then Brent's method between its neighbours.
std::optional<double> MixedModel::best_ratio() const {
  double const scale = measurements_ / weights_;
  auto const ratio_of = [&](double share) { return scale * share / (1 - share); };
  auto const deviance = [&](double share) {
    auto const profile = profile_at(ratio_of(share));
    return profile ? profile->deviance : std::numeric_limits<double>::infinity();
  };
  constexpr std::array grid{0.0, 0.02, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 0.995, 0.9995};
  std::size_t best = 0;
  double least = deviance(grid[0]);
  if (!std::isfinite(least)) return std::nullopt;
  for (std::size_t g = 1; g < grid.size(); ++g) {
    double const here = deviance(grid[g]);
    if (here >= least) continue;
    least = here;
    best = g;
  }
  double const from = grid[best == 0 ? 0 : best - 1];
  double const to = grid[std::min(best + 1, grid.size() - 1)];
  constexpr int half_of_a_double = 26;
  auto const [share, there] = boost::math::tools::brent_find_minima(deviance, from, to, half_of_a_double);
  return ratio_of(there < least ? share : grid[best]);
}

std::optional<MixedModelFit> MixedModel::fit() const {
  if (measurements_ <= static_cast<double>(effects_)) return std::nullopt;
  // Once a group each: the ratio cannot be told, and does not matter.
  auto const ratio = measurements_ > groups_ ? best_ratio() : std::optional{0.0};
  auto const profile = ratio ? profile_at(*ratio) : std::nullopt;
  if (!profile) return std::nullopt;
  std::size_t const size = effects_ + 1;
  MixedModelFit fit;
  fit.residual_variance = profile->residual_variance;
  fit.intercept_variance = *ratio * profile->residual_variance;
  auto const inverse = inverse_of_lower(profile->root, effects_, size);
  fit.effects.assign(effects_, 0);
  fit.covariance.assign(effects_ * effects_, 0);
  for (std::size_t i = 0; i < effects_; ++i) {
    for (std::size_t k = i; k < effects_; ++k) {
      fit.effects[i] += inverse[k * effects_ + i] * profile->root[effects_ * size + k];
      for (std::size_t j = 0; j <= k; ++j)
        fit.covariance[i * effects_ + j] +=
            fit.residual_variance * inverse[k * effects_ + i] * inverse[k * effects_ + j];
    }
  }
  return fit;
}

}  // namespace utvei
