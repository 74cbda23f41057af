// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "minimise.hpp"

#include <utvei/estimation/panel_fit.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace utvei {

/// The coefficients of a model: an intercept for each transition, levels of traits, periods. Constrained ones are one.
std::vector<PanelCoefficient> panel_coefficients(Model const& model, PanelOptions const& options);

struct PanelWork;

/// −log likelihood of a panel as a function of the coefficients. Transition matrices are computed once for each pattern
/// of covariates and length of time, and each kind of interval once.
class PanelLikelihood {
 public:
  PanelLikelihood(Panel const& panel, Model const& model, std::vector<PanelCoefficient> const& coefficients,
                  std::vector<PanelCut> const& cuts);

  /// Infinite where an observation is impossible.
  [[nodiscard]] Evaluation operator()(Eigen::VectorXd const& coefficients) const;
  /// Intervals of people who lack a trait among the terms; they are not used.
  [[nodiscard]] std::size_t unused() const { return unused_; }

 private:
  /// People and periods with the same intensities; `active`: coefficients that hold.
  struct Pattern {
    std::vector<std::size_t> active;
  };
  /// Time under one pattern.
  struct Step {
    std::size_t pattern;
    double years;
  };
  /// Equal intervals: through these steps, from one state to another.
  struct Contribution {
    std::vector<std::size_t> steps;
    StateId from;
    StateId to;
    PanelEnd end;
    double count;
  };

  void add(Contribution const& contribution, PanelWork& work) const;
  void add_exact(Contribution const& contribution, PanelWork& work) const;

  Eigen::Index states_;
  std::vector<Transition> transitions_;
  std::vector<std::vector<std::size_t>> transitions_of_;  ///< by coefficient
  std::vector<Pattern> patterns_;
  std::vector<Step> steps_;
  std::vector<Contribution> contributions_;
  std::size_t unused_{0};
};

}  // namespace utvei
