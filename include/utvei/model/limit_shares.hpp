// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>

#include <cstdint>

namespace utvei {

/// The word that stands for the state itself among the destinations of a limit, in tables and files.
inline constexpr std::string_view stays_word = "stay";

/// The estimate of a limit; nullptr if there is none.
LimitShares const* shares_of(Rates const& rates, StateId state, Limit const& limit);

/// The means of the shares. `place`: of the limit.
Destinations mean_destinations(LimitShares const& shares, Place const& place);

/// A draw of the shares from their Dirichlet distributions, each region by itself. A pure function of seed, draw and
/// the names of states and region.
Destinations draw_destinations(LimitShares const& shares, Model const& model, std::uint32_t seed, std::uint32_t draw,
                               Place const& place);

/// Gives limits with `to: estimated` the mean shares of the rate file. Diagnoses those that it has no estimate of, at
/// the limit.
void settle_limits(Model& model, Rates const& rates, Diagnostics& diagnostics);

}  // namespace utvei
