// SPDX-License-Identifier: Apache-2.0
// Shapley values over named factors (Shapley 1953): for two factors the decomposition of Kitagawa (1955, JASA 50:
// 1168-1194), for K that of Das Gupta (1993, Current Population Reports P23-186).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace utvei {

/// Which factors are those of the second world: bit k is factor k.
using FactorSet = std::uint32_t;
/// 2^K worlds have to be valued.
inline constexpr std::size_t most_factors = 16;

/// What each factor contributes to values.back() - values.front(), their sum. `values`: by FactorSet, 2^K of them.
std::vector<double> shapley_values(std::vector<double> const& values);

/// The same of a function of the set.
std::vector<double> shapley_values(std::size_t factors, std::function<double(FactorSet)> const& value);

}  // namespace utvei
