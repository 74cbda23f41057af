// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/register/study.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace utvei {

/// `a date like 2019-08-15` or `a number of months`.
std::string describe_moment(TimeScale const& scale);
/// What to write in place of what is no moment.
std::string advice_for_moment(std::string_view text, TimeScale const& scale);
std::optional<Instant> as_moment(Value const& value, std::string_view what, TimeScale const& scale,
                                 Diagnostics& diagnostics);

// Keys that name columns, and the file that they are of.
std::optional<ColumnName> column_name(Value const* value, std::string_view key, Diagnostics& diagnostics);
std::optional<ColumnName> optional_column(MapReader& reader, std::string_view key, Diagnostics& diagnostics);
ColumnName required_column(MapReader& reader, std::string_view key, Diagnostics& diagnostics);
/// The key `kind` of a file with one row a person, or a value: `table` or `microdata`.
DataForm read_form(MapReader& reader, Study const& study, Diagnostics& diagnostics);
/// Files of the microdata platform have dates.
void refuse_microdata_in_numbers(Place const& place, Study const& study, Diagnostics& diagnostics);
/// A column that must be named; files of the microdata platform have it under a name of their own.
ColumnName column_in(DataForm form, MapReader& reader, std::string_view key, std::string_view in_microdata,
                     Diagnostics& diagnostics);
/// `values: {CODE: NAME}` calls `add(code, name, place of the name)` for each.
void read_values(MapReader& reader, Diagnostics& diagnostics,
                 std::function<void(std::string const&, std::string const&, Place const&)> const& add);
/// The key `file`: its path, resolved.
void read_data_file(MapReader& reader, std::string& path, Place& place, Diagnostics& diagnostics);
/// Keys that say which columns hold birth, region, sex and traits: of `persons`, or of a source where there is none.
void read_attributes(MapReader& reader, PersonsSpec& persons, Model const& model, Diagnostics& diagnostics);

/// The key disclosure: what the owner of the register asks of numbers that leave.
void read_disclosure_rules(Value const& value, Study& study, Diagnostics& diagnostics);

/// The keys crosswalk, residence and traits_over_time; after persons and sources.
void read_changes(MapReader& reader, Study& study, Diagnostics& diagnostics);

/// The list under `sources`: files of spells, or a panel; after `persons`.
void read_sources(Value const& value, Study& study, Diagnostics& diagnostics);

/// The keys states_when and flags; after all other keys that name sources and traits.
void read_activities(MapReader& reader, Study& study, Diagnostics& diagnostics);

/// The keys persons, sources and otherwise.
void read_people_and_sources(MapReader& reader, Study& study, Diagnostics& diagnostics);

}  // namespace utvei
