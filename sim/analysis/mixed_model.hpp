// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <Eigen/Core>

namespace utvei {

/// Groups (people, regions) that have the same rows of fixed effects and the same weights, by what the likelihood needs
/// of their measurements. One group is {rows, weights, 1, y, y y'}.
struct GroupsAlike {
  std::vector<double> rows;     ///< [measurement][effect]
  std::vector<double> weights;  ///< by measurement: its residual variance is σ² / weight
  double groups{0};
  std::vector<double> sums;   ///< of y over the groups, by measurement
  std::vector<double> cross;  ///< of y y' over the groups, [measurement][measurement]
};

struct MixedModelFit {
  std::vector<double> effects;
  std::vector<double> covariance;  ///< [effect][effect]
  double residual_variance{0};     ///< σ²
  double intercept_variance{0};    ///< of the groups
};
/// From a covariance of so many effects.
double standard_error(std::vector<double> const& covariance, std::size_t effects, std::size_t effect);

/// The linear mixed model y = X β + intercept of the group + error, by restricted maximum likelihood (Patterson &
/// Thompson 1971; Laird & Ware 1982). Given the ratio of the variances, all else has a closed form; the profile is
/// searched for the ratio.
class MixedModel {
 public:
  explicit MixedModel(std::size_t effects);
  void add(GroupsAlike const& groups);
  /// Nothing where the effects cannot be told apart, or nothing varies.
  [[nodiscard]] std::optional<MixedModelFit> fit() const;
  /// Of effects, by the sandwich of Mancl & DeRouen (2001): right also where the model's variances are not.
  [[nodiscard]] std::vector<double> robust_covariance(MixedModelFit const& fit) const;

 private:
  /// Groups whose weights have the same sum.
  struct OfWeight {
    double weight{0};
    double groups{0};
    Eigen::MatrixXd products;  ///< Σ of s s', where s is the weighted sum of rows of [X y]
  };
  /// Of the restricted likelihood, for one ratio of the intercept's variance to the residual one.
  struct Profile {
    Eigen::MatrixXd root;  ///< Cholesky factor of [X y]' V⁻¹ [X y], lower; its corner is that of what is left
    double deviance{0};    ///< -2 log likelihood but for a constant
    double residual_variance{0};
  };
  [[nodiscard]] std::optional<Profile> profile_at(double ratio) const;
  /// Of the deviance by the ratio.
  [[nodiscard]] double slope_at(double ratio) const;
  [[nodiscard]] std::optional<double> best_ratio() const;

  Eigen::Index effects_;
  double measurements_{0}, weights_{0}, groups_{0};
  Eigen::MatrixXd products_;  ///< Σ w [x y] [x y]'
  std::vector<OfWeight> by_weight_;
  std::vector<GroupsAlike> added_;
};

}  // namespace utvei
