// SPDX-License-Identifier: Apache-2.0
// The covariance of a group with weights w is σ² (W⁻¹ + λ 1 1'), whose inverse is (W - λ / (1 + λ Σw) w w') / σ², and
// its determinant σ²ᵐ (1 + λ Σw) / Πw. So X'V⁻¹X needs sums that do not hang on λ, once for each Σw.
#include "mixed_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include <boost/math/tools/toms748_solve.hpp>

namespace utvei {

double standard_error(std::vector<double> const& covariance, std::size_t effects, std::size_t effect) {
  return std::sqrt(covariance[effect * effects + effect]);
}

namespace {

/// Lower factor in place, with zeros above; false where the matrix is not positive definite but for its corner.
bool factorise(std::vector<double>& matrix, std::size_t size) {
  constexpr double least_pivot = 1e-11;  ///< of what stands on the diagonal
  for (std::size_t j = 0; j < size; ++j) {
    double const whole = matrix[j * size + j];
    double pivot = whole;
    for (std::size_t k = 0; k < j; ++k) pivot -= matrix[j * size + k] * matrix[j * size + k];
    if (!(pivot > least_pivot * whole)) return false;
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
  double squared_totals = 0;
  for (std::size_t m = 0; m < groups.weights.size(); ++m) {
    double const w = groups.weights[m];
    double const* const row = &groups.rows[m * effects_];
    weight += w;
    y_total += w * groups.sums[m];
    double const* const cross = &groups.cross[m * groups.weights.size()];
    products_.back() += w * cross[m];
    for (std::size_t n = 0; n < groups.weights.size(); ++n) squared_totals += w * groups.weights[n] * cross[n];
    for (std::size_t i = 0; i < effects_; ++i) {
      if (row[i] == 0) continue;
      total[i] += w * row[i];
      for (std::size_t j = 0; j < effects_; ++j) products_[i * size + j] += groups.groups * w * row[i] * row[j];
      products_[effects_ * size + i] += w * row[i] * groups.sums[m];
    }
  }
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
  found->products.back() += squared_totals;
  measurements_ += groups.groups * static_cast<double>(groups.weights.size());
  weights_ += groups.groups * weight;
  groups_ += groups.groups;
  added_.push_back(groups);
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

/// With C = Σ s s' / (1 + λ Σw)² of the groups, the derivative of [X y]' V⁻¹ [X y] is -C, and that of the residue
/// -(-β' 1) C (-β 1)'.
double MixedModel::slope_at(double ratio) const {
  auto const profile = profile_at(ratio);
  if (!profile) return 0;
  std::size_t const size = effects_ + 1;
  std::vector<double> falls(size * size, 0);
  double slope = 0;
  for (OfWeight const& each : by_weight_) {
    double const grows = 1 + ratio * each.weight;
    slope += each.groups * each.weight / grows;
    for (std::size_t i = 0; i < size * size; ++i) falls[i] += each.products[i] / (grows * grows);
  }
  auto const inverse = inverse_of_lower(profile->root, effects_, size);
  auto const beta = effects_of(*profile, inverse);
  double residue_falls = falls.back();
  for (std::size_t i = 0; i < effects_; ++i) {
    residue_falls -= 2 * beta[i] * falls[effects_ * size + i];
    for (std::size_t j = 0; j < effects_; ++j) {
      residue_falls += beta[i] * beta[j] * falls[i * size + j];
      for (std::size_t k = std::max(i, j); k < effects_; ++k)
        slope -= inverse[k * effects_ + i] * inverse[k * effects_ + j] * falls[i * size + j];
    }
  }
  return slope - residue_falls / profile->residual_variance;
}

std::vector<double> MixedModel::effects_of(Profile const& profile, std::vector<double> const& inverse) const {
  std::vector<double> effects(effects_, 0);
  for (std::size_t i = 0; i < effects_; ++i)
    for (std::size_t k = i; k < effects_; ++k)
      effects[i] += inverse[k * effects_ + i] * profile.root[effects_ * (effects_ + 1) + k];
  return effects;
}

/// The best of a grid, then the root of the slope between its neighbours: sharper than the deviance itself, which is
/// flat there.
std::optional<double> MixedModel::best_ratio() const {
  double const scale = measurements_ / weights_;
  auto const ratio_of = [&](double share) { return scale * share / (1 - share); };
  constexpr std::array grid{0.0, 0.02, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 0.995, 0.9995};
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t g = 0; g < grid.size(); ++g) {
    auto const here = profile_at(ratio_of(grid[g]));
    if (!here && g == 0) return std::nullopt;
    if (!here || here->deviance >= least) continue;
    least = here->deviance;
    best = g;
  }
  auto const slope = [&](double share) { return slope_at(ratio_of(share)); };
  double const from = grid[best == 0 ? 0 : best - 1];
  double const to = grid[std::min(best + 1, grid.size() - 1)];
  double const first = slope(from);
  double const last = slope(to);
  bool const is_between = first < 0 && last > 0;
  if (!is_between) return ratio_of(grid[best]);
  std::uintmax_t steps = 60;
  constexpr int bits = 44;
  auto const [low, high] = boost::math::tools::toms748_solve(slope, from, to, first, last,
                                                             boost::math::tools::eps_tolerance<double>{bits}, steps);
  return ratio_of((low + high) / 2);
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
  fit.effects = effects_of(*profile, inverse);
  fit.covariance.assign(effects_ * effects_, 0);
  for (std::size_t k = 0; k < effects_; ++k)
    for (std::size_t i = 0; i <= k; ++i)
      for (std::size_t j = 0; j <= k; ++j)
        fit.covariance[i * effects_ + j] +=
            fit.residual_variance * inverse[k * effects_ + i] * inverse[k * effects_ + j];
  return fit;
}

}  // namespace utvei
