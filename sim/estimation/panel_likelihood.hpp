// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "minimise.hpp"
#include "panel_design.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include <Eigen/Core>

namespace utvei {

struct PanelWork;

/// −log likelihood of a panel as a function of the coefficients. Transition matrices are computed once for each pattern
/// of covariates and length of time, and each kind of interval once.
class PanelLikelihood {
 public:
  explicit PanelLikelihood(PanelDesign design) : design_{std::move(design)} {}

  /// Infinite where an observation is impossible.
  [[nodiscard]] Evaluation operator()(Eigen::VectorXd const& coefficients) const;
  [[nodiscard]] PanelDesign const& design() const { return design_; }

 private:
  void add(PanelDesign::Contribution const& contribution, PanelWork& work) const;
  void add_exact(PanelDesign::Contribution const& contribution, PanelWork& work) const;

  PanelDesign design_;
};

}  // namespace utvei
