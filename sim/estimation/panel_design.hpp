// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/panel_fit.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <Eigen/Core>

namespace utvei {

/// The coefficients of a model: an intercept for each transition, traits, periods. Constrained ones are one.
std::vector<PanelCoefficient> panel_coefficients(Model const& model, PanelOptions const& options);

/// For people: the term, and the transitions that it is of.
std::string name_of(PanelCoefficient const& coefficient, Model const& model);

/// A panel as its likelihood needs it: what is equal stands here once.
struct PanelDesign {
  /// Covariates and periods with the same intensities: the coefficients that hold, and what each is multiplied by.
  struct Pattern {
    std::vector<std::pair<std::size_t, double>> active;
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
  /// Of a number among the traits, over the intervals.
  struct Spread {
    double mean{0};
    double sd{1};
  };

  std::size_t states{0};
  std::size_t coefficients{0};
  std::vector<Transition> transitions;
  std::vector<std::vector<std::size_t>> transitions_of;  ///< by coefficient
  std::vector<Pattern> patterns;
  std::vector<Step> steps;
  std::vector<Contribution> contributions;
  Column<TraitId, Spread> spread;  ///< numbers are centred and scaled by it
  std::size_t unused{0};           ///< intervals that lack a trait among the terms

  /// Intensities by transition under a pattern.
  [[nodiscard]] Eigen::VectorXd rates(Pattern const& pattern, Eigen::VectorXd const& coefficients_at) const;
  /// The matrix of intensities.
  [[nodiscard]] Eigen::MatrixXd generator(Eigen::VectorXd const& rates) const;
};

PanelDesign make_panel_design(Panel const& panel, Model const& model, std::vector<PanelCoefficient> const& coefficients,
                              std::vector<PanelCut> const& cuts);

}  // namespace utvei
