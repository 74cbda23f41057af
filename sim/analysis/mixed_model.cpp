// SPDX-License-Identifier: Apache-2.0
// The covariance of a group with weights w is σ² (W⁻¹ + λ 1 1'), whose inverse is (W - λ / (1 + λ Σw) w w') / σ², and
// its determinant σ²ᵐ (1 + λ Σw) / Πw. So X'V⁻¹X needs sums that do not hang on λ, once for each Σw.
#include "mixed_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <Eigen/Cholesky>
#include <boost/math/tools/toms748_solve.hpp>

namespace utvei {

double standard_error(std::vector<double> const& covariance, std::size_t effects, std::size_t effect) {
  return std::sqrt(covariance[effect * effects + effect]);
}

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// The lower factor of a symmetric matrix, in its lower half; nothing where it is not positive definite.
std::optional<MatrixXd> cholesky(MatrixXd matrix) {
  constexpr double least_pivot = 1e-11;  ///< of what stands on the diagonal
  VectorXd const whole = matrix.diagonal();
  Eigen::LLT<Eigen::Ref<MatrixXd>> const in_place{matrix};
  bool const has_pivots = (matrix.diagonal().array().square() > least_pivot * whole.array()).all();
  if (in_place.info() != Eigen::Success || !has_pivots) return std::nullopt;
  return matrix;
}

/// Of the covariance of the effects, whose inverse has the lower factor: covariance = root' root.
MatrixXd covariance_root(MatrixXd const& root) {
  Index const effects = root.rows() - 1;
  auto const lower = root.topLeftCorner(effects, effects).triangularView<Eigen::Lower>();
  return lower.solve(MatrixXd::Identity(effects, effects));
}

VectorXd effects_of(MatrixXd const& root, MatrixXd const& inverse) {
  return inverse.transpose() * root.bottomLeftCorner(1, inverse.rows()).transpose();
}

void add_bordered(MatrixXd& to, MatrixXd const& block, VectorXd const& border, double corner) {
  Index const size = border.size();
  to.topLeftCorner(size, size) += block;
  to.bottomLeftCorner(1, size) += border.transpose();
  to.topRightCorner(size, 1) += border;
  to(size, size) += corner;
}

}  // namespace

MixedModel::MixedModel(std::size_t effects)
    : effects_{static_cast<Index>(effects)}, products_{MatrixXd::Zero(effects_ + 1, effects_ + 1)} {}

void MixedModel::add(GroupsAlike const& groups) {
  // Copies, for sums over memory that is not Eigen's may hang on where it lies.
  auto const size = static_cast<Index>(groups.weights.size());
  MatrixXd const x = MatrixXd::Map(groups.rows.data(), effects_, size);  // X': a column for each measurement
  VectorXd const w = VectorXd::Map(groups.weights.data(), size);
  VectorXd const sums = w.cwiseProduct(VectorXd::Map(groups.sums.data(), size));
  MatrixXd const cross = MatrixXd::Map(groups.cross.data(), size, size);
  add_bordered(products_, groups.groups * x * w.asDiagonal() * x.transpose(), x * sums, w.dot(cross.diagonal()));
  double const weight = w.sum();
  auto found = std::ranges::find(by_weight_, weight, &OfWeight::weight);
  if (found == by_weight_.end())
    found = by_weight_.insert(found, {weight, 0, MatrixXd::Zero(effects_ + 1, effects_ + 1)});
  VectorXd const total = x * w;
  add_bordered(found->products, groups.groups * total * total.transpose(), total * sums.sum(), w.dot(cross * w));
  found->groups += groups.groups;
  measurements_ += groups.groups * static_cast<double>(size);
  weights_ += groups.groups * weight;
  groups_ += groups.groups;
  added_.push_back(groups);
}

std::optional<MixedModel::Profile> MixedModel::profile_at(double ratio) const {
  MatrixXd products = products_;
  double deviance = 0;
  for (OfWeight const& each : by_weight_) {
    products -= ratio / (1 + ratio * each.weight) * each.products;
    deviance += each.groups * std::log1p(ratio * each.weight);
  }
  auto root = cholesky(std::move(products));
  if (!root) return std::nullopt;
  auto const left = measurements_ - static_cast<double>(effects_);
  double const variance = std::pow((*root)(effects_, effects_), 2) / left;
  deviance += left * std::log(variance) + 2 * root->diagonal().head(effects_).array().log().sum();
  return Profile{*std::move(root), deviance, variance};
}

/// With C = Σ s s' / (1 + λ Σw)² of the groups, the derivative of [X y]' V⁻¹ [X y] is -C, and that of the residue
/// -(-β' 1) C (-β 1)'.
double MixedModel::slope_at(double ratio) const {
  auto const profile = profile_at(ratio);
  if (!profile) return 0;
  MatrixXd falls = MatrixXd::Zero(effects_ + 1, effects_ + 1);
  double slope = 0;
  for (OfWeight const& each : by_weight_) {
    double const grows = 1 + ratio * each.weight;
    slope += each.groups * each.weight / grows;
    falls += each.products / (grows * grows);
  }
  MatrixXd const inverse = covariance_root(profile->root);
  slope -= (inverse * falls.topLeftCorner(effects_, effects_)).cwiseProduct(inverse).sum();
  VectorXd residue(effects_ + 1);
  residue << -effects_of(profile->root, inverse), 1;
  return slope - residue.dot(falls * residue) / profile->residual_variance;
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
  MatrixXd const inverse = covariance_root(profile->root);
  VectorXd const effects = effects_of(profile->root, inverse);
  MatrixXd const covariance = profile->residual_variance * inverse.transpose() * inverse;
  return MixedModelFit{{effects.begin(), effects.end()},
                       {covariance.data(), covariance.data() + covariance.size()},
                       profile->residual_variance,
                       *ratio * profile->residual_variance};
}

}  // namespace utvei
