// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <string>
#include <vector>

namespace utvei {

/// Sums of a table over all dimensions but `keep`, row-major in the order of `keep` (the last runs fastest). A name
/// that the table lacks counts as a dimension of length 1.
std::vector<double> marginal(Table const& table, std::vector<std::string> const& keep);

/// The same of `minuend - subtrahend`, taken cell by cell, so that cells that agree add exactly nothing. Both must have
/// the same dimensions.
std::vector<double> marginal_difference(Table const& minuend, Table const& subtrahend,
                                        std::vector<std::string> const& keep);

/// Length of a dimension; 1 if the table lacks it.
std::size_t length_of(Table const& table, std::string_view dimension);

}  // namespace utvei
