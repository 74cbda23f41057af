// SPDX-License-Identifier: Apache-2.0
#include "input_numbers.hpp"

#include <utvei/core/quantile.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

constexpr double nearly_nothing = 1e-300;
constexpr double nearly_all = 1 - 1e-15;

}  // namespace

double to_scale(double value, UncertainInput::Scale scale) {
  if (scale == UncertainInput::Scale::plain) return value;
  double const above = std::max(value, nearly_nothing);
  if (scale == UncertainInput::Scale::log) return std::log(above);
  double const share = std::min(above, nearly_all);
  return std::log(share) - std::log1p(-share);
}

double from_scale(double number, UncertainInput::Scale scale) {
  if (scale == UncertainInput::Scale::plain) return number;
  return scale == UncertainInput::Scale::log ? std::exp(number) : 1 / (1 + std::exp(-number));
}

Eigen::MatrixXd numbers_of(std::vector<UncertainInput const*> const& inputs) {
  Eigen::MatrixXd numbers(static_cast<Eigen::Index>(inputs.front()->by_draw.size()),
                          static_cast<Eigen::Index>(inputs.size()));
  for (std::size_t i = 0; i < inputs.size(); ++i)
    for (std::size_t k = 0; k < inputs[i]->by_draw.size(); ++k)
      numbers(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(i)) =
          to_scale(inputs[i]->by_draw[k], inputs[i]->scale);
  return numbers;
}

std::vector<std::vector<UncertainInput const*>> groups_of(std::vector<UncertainInput> const& inputs) {
  std::vector<std::vector<UncertainInput const*>> groups;
  for (UncertainInput const& input : inputs) {
    auto const same = std::ranges::find_if(groups, [&](auto const& members) {
      return members.front()->kind == input.kind && members.front()->group == input.group;
    });
    if (same == groups.end())
      groups.push_back({&input});
    else
      same->push_back(&input);
  }
  return groups;
}

InputRange range_of(UncertainInput const& input) {
  std::vector<double> sorted = input.by_draw;
  std::ranges::sort(sorted);
  InputRange range;
  constexpr std::size_t percentiles = 99;
  range.points.resize(percentiles, 1);
  for (std::size_t p = 1; p <= percentiles; ++p) {
    range.values.push_back(quantile_of_sorted(sorted, static_cast<double>(p) / 100));
    range.points(static_cast<Eigen::Index>(p) - 1, 0) = to_scale(range.values.back(), input.scale);
  }
  return range;
}

std::optional<double> zero_of(Eigen::VectorXd const& at, InputRange const& range, UncertainInput::Scale scale) {
  std::optional<double> zero;
  for (Eigen::Index p = 0; p + 1 < at.size(); ++p) {
    if ((at(p) < 0) == (at(p + 1) < 0)) continue;
    if (zero) return std::nullopt;
    double const share = at(p) / (at(p) - at(p + 1));
    zero = from_scale(range.points(p, 0) + share * (range.points(p + 1, 0) - range.points(p, 0)), scale);
  }
  return zero;
}

}  // namespace utvei
