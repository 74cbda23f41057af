// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/demography.hpp>

#include <optional>

namespace utvei {

/// `moves: {rates: moving.csv, to: destinations.csv}`, or `to: {gravity: {…}}`. Files that are read go to `demography`.
std::optional<Moves> read_moves(Value const& value, Model const& model, Demography& demography,
                                Diagnostics& diagnostics);

}  // namespace utvei
