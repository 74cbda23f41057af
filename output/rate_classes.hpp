// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_handle.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/model/rates.hpp>

#include <optional>

namespace utvei {

// The group `classes` of a rate file: two classes of people.

/// Nothing where there are none, or one is enough.
void write_classes(hid_t root, Fit const& fit, Model const& model);
/// Transitions that the model lacks are diagnosed elsewhere, and left out.
std::optional<PeopleClasses> read_classes(hid_t root, Model const& model);

}  // namespace utvei
