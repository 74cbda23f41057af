// SPDX-License-Identifier: Apache-2.0
// Inputs and outcomes of parameter draws, made up: #include "support/drawn_inputs.hpp".
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/results/inputs.hpp>
#include <utvei/results/outcome_draws.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace utvei::support {

/// An input of a group of its own, standard normal.
inline UncertainInput drawn_input(std::string const& name, std::size_t draws, std::uint32_t seed) {
  UncertainInput input;
  input.name = input.group = name;
  input.scale = UncertainInput::Scale::plain;
  for (std::size_t k = 0; k < draws; ++k)
    input.by_draw.push_back(
        standard_normal(RandomKey{seed, static_cast<std::uint32_t>(k), 0}, PersonKey{0}, StreamId{0}, 0));
  return input;
}

/// Luck of one scenario with this variance.
inline std::vector<std::vector<double>> luck_with_variance(double variance) {
  return std::vector<std::vector<double>>(1, std::vector<double>(1, variance));
}

/// One scenario beside its baseline, without luck. `value(draw)` is the difference.
template <class Value>
OutcomeDraws one_outcome(std::size_t draws, Value const& value) {
  OutcomeDraws outcome;
  outcome.text = "outcome";
  outcome.units = "years";
  outcome.scenarios = {"scenario"};
  auto& differences = outcome.differences.emplace_back();
  for (std::size_t k = 0; k < draws; ++k) differences.push_back(value(k));
  outcome.luck = luck_with_variance(0);
  return outcome;
}

}  // namespace utvei::support
