// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/backtest.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// Half of the sum of absolute differences between shares; both are numbers of the same people.
double total_variation(std::vector<double> const& predicted, std::vector<double> const& observed);

/// Means over lines that stand by split, year, region and state; each region has a line for each state.
void add_means(std::vector<BacktestLine> const& lines, std::size_t states, BacktestScore& score);

}  // namespace utvei
