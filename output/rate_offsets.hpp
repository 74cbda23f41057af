// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_handle.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/model/rates.hpp>

#include <vector>

namespace utvei {

// The group `calibrations` of a rate file: 1, 2, … in the order in which they were made, each with the offsets that it
// found.

void write_frozen(hid_t root, FrozenOffsets const& frozen, Model const& model);
/// What the model lacks is diagnosed at `place`.
std::vector<FrozenOffsets> read_frozen(hid_t root, Model const& model, Place const& place, Diagnostics& diagnostics);

}  // namespace utvei
