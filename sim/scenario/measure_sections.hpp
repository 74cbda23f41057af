// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream_names.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

// The parts of a measure, each read into its part of the struct. What is wrong goes to the diagnostics.

/// What they are read with.
struct MeasureReading {
  Model const& model;
  std::vector<std::string> const& names;  ///< of all measures of the scenario, in their order; "" where one has none
  StreamNames& streams;
  std::vector<std::string>& inputs;  ///< tables of places come in here
  Diagnostics& diagnostics;
};

/// The place of a measure among those of the scenario.
std::optional<std::size_t> find_measure(std::string_view name, Place const& place, MeasureReading const& with);
/// A duration of a minute or more.
std::optional<Duration> read_some_time(Value const& value, std::string_view what, Diagnostics& diagnostics);

/// A map of one trait that has levels; `example` shows one. What it says of the levels is the value of the only member.
std::optional<TraitId> read_one_trait(Value const& value, std::string_view what, std::string_view example,
                                      Model const& model, Diagnostics& diagnostics);
/// Diagnoses a level that the trait lacks.
std::optional<std::uint32_t> find_level(std::string_view name, Trait const& trait, Place const& place,
                                        Diagnostics& diagnostics);

/// `who:`
Eligibility read_eligibility(Value const& value, MeasureReading const& with);

/// `places:`; `regions` are those of `who`.
std::vector<Pool> read_places(Value const& value, std::vector<RegionId> const& regions, MeasureReading const& with);
/// The path of a table `region;places;from`: a pool for each of its regions.
std::vector<Pool> read_place_table(Value const& value, MeasureReading const& with);
/// The luck of a measure that has a name.
Measure::Streams streams_of_measure(Measure const& measure, StreamNames& names);

/// Names of resources, one or a list, as places among them; `what` names the key.
std::vector<std::size_t> read_resource_names(Value const& value, std::string_view what,
                                             std::vector<Resource> const& resources, Diagnostics& diagnostics);
/// `needs:` and `coordination:`, into the scenario: help with each need is one of its measures.
void read_needs(Value const& needs, Value const* coordination, Scenario& scenario, MeasureReading const& with);

/// `resources:`, which are given as places are, with a `caseload`.
void read_resources(Value const& value, MeasureReading const& with, std::vector<Resource>& resources);
inline constexpr std::int64_t most_places = 1'000'000'000;

/// `uptake:`, a share, or shares by state or trait; it is read after `who`.
void read_uptake(Value const& value, Measure& measure, MeasureReading const& with);

/// `state:` of a measure and `then:`, which stands beside it; they are read after `who`. nullptr: not there.
void read_state_of_measure(Value const* state, Value const* then, Measure& measure, MeasureReading const& with);

/// `queue:`
void read_queue(Value const& value, QueueRule& queue, MeasureReading const& with);

/// `locks_in:`; `measure`: its name.
std::optional<LockIn> read_lock_in(Value const& value, std::string const& measure, MeasureReading const& with);
/// `effects:`; they are read after the measure's `evidence`.
std::vector<MeasureEffect> read_measure_effects(Value const& value, Measure const& measure, MeasureReading const& with);

/// `cost:`; it is read after the measure's places.
std::vector<MeasureCost> read_measure_costs(Value const& value, Measure const& measure, MeasureReading const& with);
/// `without_price:`
std::vector<UnpricedEffect> read_unpriced_effects(Value const& value, MeasureReading const& with);

}  // namespace utvei
