// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_read.hpp"
#include "hdf5_write.hpp"

#include <utvei/results/inputs.hpp>

#include <vector>

namespace utvei {

/// The group `inputs`: a number for each draw and input. Nothing where there are none.
void write_inputs(hid_t root, std::vector<UncertainInput> const& inputs, Scales& scales);
std::vector<UncertainInput> read_inputs(hid_t root, ScaleReader& scales);

}  // namespace utvei
