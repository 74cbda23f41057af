// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/exposure.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// Rates per year of leaving states, by state, then cell of common axes: for transitions that are looked at, and for
/// all others together.
struct LeavingRates {
  std::vector<bool> is_looked_at;  ///< by TransitionId
  Column<StateId, std::vector<double>> looked_at;
  Column<StateId, std::vector<double>> others;
};

/// A spell, as what is expected of it.
struct SpellRisk {
  PersonRow person;
  StateId state;
  double events{0};        ///< of transitions that are looked at: 0 or 1
  double expected{0};      ///< likewise, at the rates
  bool from_entry{false};  ///< seen from its entry on, by a person whose region and traits are known then
  Duration seen{0};        ///< how long
  bool left{false};        ///< ended by a transition
  double in_a_year{0};     ///< integrated rate of the first year after the entry: of transitions that are looked at,
  double others_in_a_year{0};  ///< and of the others; region and traits as at the entry
};

/// Spells in the order of the life courses. The same numbers for any number of threads (0: all).
std::vector<SpellRisk> spell_risks(LifeCourses const& lives, Model const& model, std::vector<CellAxis> const& axes,
                                   LeavingRates const& rates, std::span<LimitWindow const> windows,
                                   std::size_t threads = 0, StopFlag const* stop = nullptr);

}  // namespace utvei
