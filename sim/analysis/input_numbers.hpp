// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/inputs.hpp>

#include <cstddef>
#include <optional>
#include <vector>

#include <Eigen/Core>

namespace utvei {

/// On the scale on which an input is near normal.
double to_scale(double value, UncertainInput::Scale scale);
double from_scale(double number, UncertainInput::Scale scale);

/// Draws × inputs, each on its scale.
Eigen::MatrixXd numbers_of(std::vector<UncertainInput const*> const& inputs);

/// Inputs that belong together, in the order in which they come.
std::vector<std::vector<UncertainInput const*>> groups_of(std::vector<UncertainInput> const& inputs);

/// Percentiles of the draws of an input: 1, 2, …, 99.
struct InputRange {
  std::vector<double> values;  ///< as they are told
  Eigen::MatrixXd points;      ///< the same on the input's scale, in one column
  static constexpr std::size_t place_of_10 = 9, place_of_90 = 89;
};
InputRange range_of(UncertainInput const& input);

/// Where a number that is known at those percentiles is 0; nothing if it is so at none of them, or at several.
std::optional<double> zero_of(Eigen::VectorXd const& at, InputRange const& range, UncertainInput::Scale scale);

}  // namespace utvei
