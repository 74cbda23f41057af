// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/span.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace utvei {

struct Model;
struct Trait;

/// Some of the people of a model, at one moment of their lives. What is not said is not asked.
struct Subpopulation {
  std::vector<bool> states;                        ///< by StateId; empty: any
  Span age{everything};                            ///< minutes
  std::vector<std::vector<std::uint32_t>> traits;  ///< by TraitId: levels; empty: any; may be shorter than the traits
  std::vector<RegionId> regions;                   ///< a region stands for all below it; empty: everywhere
  friend bool operator==(Subpopulation const&, Subpopulation const&) = default;
};

// Parts of it as files say them; what is wrong goes to the diagnostics.

/// `[work, aap]`, or one state; by StateId.
std::vector<bool> read_states_of(Value const& value, std::string_view what, Model const& model,
                                 Diagnostics& diagnostics);
/// `{from: 18, to: 30}`, in years, half-open; one of the two may be left out.
Span read_age_span(Value const& value, Diagnostics& diagnostics);
/// `["42", "0301"]`, or one code.
std::vector<RegionId> read_region_codes(Value const& value, Model const& model, Diagnostics& diagnostics);
/// `{education: [basic]}`; by TraitId.
std::vector<std::vector<std::uint32_t>> read_levels_of_traits(Value const& value, Model const& model,
                                                              Diagnostics& diagnostics);

}  // namespace utvei
