// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "measure_sections.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace utvei {

// Outcomes that are not states, each kind read into its part of the scenario. What is wrong goes to the diagnostics.

/// What they are read with; the scenario has its model and its measures.
struct OutcomeReading {
  Scenario const& scenario;
  StreamNames& streams;
  Diagnostics& diagnostics;
};

/// What a name stands for: help with a need is a measure as well.
enum class Service : std::uint8_t { measure, need, any };
/// The place of a measure among those of the scenario.
std::optional<std::size_t> find_service(std::string_view name, Place const& place, Service kind,
                                        OutcomeReading const& with);

/// `scores:`
std::vector<Score> read_scores(Value const& value, OutcomeReading const& with);
/// `waves:`
std::vector<Waves> read_waves(Value const& value, OutcomeReading const& with);
/// `events:`
std::vector<HistoryEvent> read_events(Value const& value, OutcomeReading const& with);

}  // namespace utvei
