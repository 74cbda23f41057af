// SPDX-License-Identifier: Apache-2.0
// Ways through the states, as they are read from whole lives. docs/methods/pathways.md.
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/observation/life_path.hpp>
#include <utvei/scenario/pathways.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// When each step of a way was taken, as many as were; empty: not the first, or so late that the run ends before they
/// have been followed for as long as is asked.
std::vector<Instant> steps_taken(NamedPathway const& way, LifePath const& life, Instant run_end);

/// A time at risk: since `origin` on the scale, seen from `from` on.
struct RiskSpell {
  Instant origin, from, to;
  std::optional<std::size_t> destination;  ///< place among those of the incidence, then the others; none: not seen
};
/// All of a life, in their order.
std::vector<RiskSpell> risk_spells(Incidence const& incidence, LifePath const& life);

/// Somebody left for good, as far as is asked.
struct Left {
  std::size_t piece{0};  ///< in which they were then
  std::size_t kind{0};   ///< place among the kinds, then what fits none
};
std::vector<Left> leavings(Leaving const& leaving, LifePath const& life);

/// States, or their groups, one after another; `tokens`: by StateId, what is told apart. Empty: the life is not
/// followed so long, or never in the states that it is to begin with.
std::u16string sequence_of(SequenceRequest const& request, LifePath const& life,
                           std::vector<std::uint16_t> const& tokens);

}  // namespace utvei
