// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/register/study.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace utvei {

/// `a date like 2019-08-15` or `a number of months`.
std::string describe_moment(TimeScale const& scale);
std::optional<Instant> as_moment(Value const& value, std::string_view what, TimeScale const& scale,
                                 Diagnostics& diagnostics);

// Keys that name columns, and the file that they are of.
std::optional<ColumnName> column_name(Value const* value, std::string_view key, Diagnostics& diagnostics);
std::optional<ColumnName> optional_column(MapReader& reader, std::string_view key, Diagnostics& diagnostics);
ColumnName required_column(MapReader& reader, std::string_view key, Diagnostics& diagnostics);
/// The key `file`: its path, resolved.
void read_data_file(MapReader& reader, std::string& path, Place& place, Diagnostics& diagnostics);
/// Keys that say which columns hold birth, region, sex and traits: of `persons`, or of a source where there is none.
void read_attributes(MapReader& reader, PersonsSpec& persons, Model const& model, Diagnostics& diagnostics);

/// The keys crosswalk, residence and traits_over_time; after persons and sources.
void read_changes(MapReader& reader, Study& study, Diagnostics& diagnostics);

/// The list under `sources`: files of spells, or a panel; after `persons`.
void read_sources(Value const& value, Study& study, Diagnostics& diagnostics);

/// The keys states_when and flags; after all other keys that name sources and traits.
void read_activities(MapReader& reader, Study& study, Diagnostics& diagnostics);

/// The keys persons, sources and otherwise.
void read_people_and_sources(MapReader& reader, Study& study, Diagnostics& diagnostics);

}  // namespace utvei
