// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan_state.hpp"

#include <compare>
#include <cstdint>
#include <vector>

namespace utvei {

/// For each exit the rates and changes that hold for a profile, as far as they meet the run.
struct ClassKey {
  std::vector<std::vector<Rate const*>> rates;
  std::vector<std::vector<Change const*>> changes;
  friend auto operator<=>(ClassKey const&, ClassKey const&) = default;
};

/// Profiles that have the same key, so the same intensities.
struct IntensityClass {
  ClassKey key;
  std::vector<std::uint32_t> members;  ///< profiles, rising
};

/// The classes of one table, in the order of their keys. Rates are looked up by region, so a country with rates for
/// each municipality takes as many steps a profile as one municipality alone.
std::vector<IntensityClass> intensity_classes(CompileContext const& context, Ways const& ways, StatePlan const& plan);

}  // namespace utvei
