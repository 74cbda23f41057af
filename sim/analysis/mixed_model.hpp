// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace utvei {

/// Groups (people, regions) that have the same rows of fixed effects and the same weights, by what the likelihood needs
/// of their measurements. One group is {rows, weights, 1, its y, Σ w y², (Σ w y)²}.
struct GroupsAlike {
  std::vector<double> rows;     ///< [measurement][effect]
  std::vector<double> weights;  ///< by measurement: its residual variance is σ² / weight
  double groups{0};
  std::vector<double> sums;  ///< of y over the groups, by measurement
  double squares{0};         ///< Σ over groups and measurements of w y²
  double squared_totals{0};  ///< Σ over groups of (Σ over measurements of w y)²
};

struct MixedModelFit {
  std::vector<double> effects;
  std::vector<double> covariance;  ///< [effect][effect]
  double residual_variance{0};     ///< σ²
  double intercept_variance{0};    ///< of the groups
  [[nodiscard]] double standard_error(std::size_t effect) const;
};

/// The linear mixed model y = X β + intercept of the group + error, by restricted maximum likelihood (Patterson &
/// Thompson 1971; Laird & Ware 1982). Given the ratio of the variances, all else has a closed form; the profile is
/// searched for the ratio.
class MixedModel {
 public:
  explicit MixedModel(std::size_t effects);
  void add(GroupsAlike const& groups);
  /// Nothing where the effects cannot be told apart, or nothing varies.
  [[nodiscard]] std::optional<MixedModelFit> fit() const;

 private:
  /// Groups whose weights have the same sum.
  struct OfWeight {
    double weight{0};
    double groups{0};
    std::vector<double> products;  ///< Σ of s s', where s is the weighted sum of rows of [X y]
  };
  struct Profile;
  [[nodiscard]] std::optional<Profile> profile_at(double ratio) const;
  [[nodiscard]] std::optional<double> best_ratio() const;

  std::size_t effects_;
  double measurements_{0}, weights_{0}, groups_{0};
  std::vector<double> products_;  ///< Σ w [x y] [x y]'
  std::vector<OfWeight> by_weight_;
};

}  // namespace utvei
