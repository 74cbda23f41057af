// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cells.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/poisson_regression.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// What the cells of an exposure are in the model: the columns that hold for each, and its region.
class Design {
 public:
  using Entries = std::vector<std::pair<std::uint32_t, double>>;

  Design(Exposure const& exposure, RegionEffect region);
  [[nodiscard]] std::vector<std::string> const& names() const { return names_; }
  /// By column: the name of its axis; empty for the intercept.
  [[nodiscard]] std::vector<std::string> const& axes() const { return axes_; }
  /// With effects that borrow; else 0.
  [[nodiscard]] std::size_t regions() const { return regions_; }
  /// The region axis, where there is one, is the first.
  [[nodiscard]] std::uint32_t region(std::size_t cell) const;
  [[nodiscard]] Entries entries(std::size_t cell) const;

 private:
  Exposure const& exposure_;
  std::vector<std::string> names_, axes_;
  std::vector<std::size_t> first_column_;  ///< by axis: that of its second level
  std::size_t regions_{0};
};

/// Everything that is known of one transition.
struct Outcome {
  std::vector<RateCell> cells;  ///< their effects are places in the fit
  std::vector<Coefficient> coefficients;
  std::vector<RegionRatio> regions;
  TransitionSummary summary;
};

/// One transition of a log-linear model: its rows, and what a fit says of it. A fit may hold several transitions; then
/// `columns` gives the columns of this one in it.
class TransitionModel {
 public:
  TransitionModel(Exposure const& exposure, Model const& model, EstimateOptions const& options,
                  TransitionId transition);

  [[nodiscard]] TransitionId transition() const { return transition_; }
  [[nodiscard]] Design const& design() const { return design_; }
  [[nodiscard]] std::int64_t events() const { return outcome_.summary.events; }
  [[nodiscard]] std::vector<CellAxis> const& axes() const { return exposure_.axes; }

  /// Adds a row for each cell with person-time.
  void add_rows(std::vector<std::uint32_t> const& columns, PoissonCells& cells) const;
  /// Without any event there is nothing to fit: intensity 0 with the exact upper limit of all person-time.
  Outcome limits() &&;
  /// `cells`: those of the fit, which is of this transition alone where it has region effects.
  Outcome report(MixedFit const& fit, std::vector<std::uint32_t> const& columns, PoissonCells const& cells) &&;

 private:
  void add_coefficients(MixedFit const& fit, std::vector<std::uint32_t> const& columns);
  void add_sds(MixedFit const& fit);
  void add_regions(MixedFit const& fit, PoissonCells const& cells);
  void add_rates(MixedFit const& fit, std::vector<std::uint32_t> const& columns, std::size_t terms);
  void add_warnings(MixedFit const& fit, std::vector<std::uint32_t> const& columns);
  void add_own_likelihood();
  [[nodiscard]] std::size_t own_rows() const;
  [[nodiscard]] std::string names_of(std::vector<std::size_t> const& terms,
                                     std::vector<std::uint32_t> const& columns) const;

  Exposure const& exposure_;
  EstimateOptions const& options_;
  TransitionId transition_;
  Design design_;
  std::vector<Counts> counts_;
  Outcome outcome_;
};

}  // namespace utvei
