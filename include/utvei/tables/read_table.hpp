// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/model/model.hpp>
#include <utvei/tables/public_table.hpp>

#include <optional>
#include <string>

namespace utvei {

/// Reads a table through a mapping (docs/formats/mapping.md): `where` is the mapping itself, as a map, or the path of a
/// mapping file. With a model its regions are known by code and by name, and states, levels of traits and regions are
/// held against it; nullptr: the one that the mapping names, and without one regions are codes, and other words are
/// taken as they are. What is wrong with the mapping or the table is diagnosed; nullopt then.
std::optional<PublicTable> read_table(Value const& where, Model const* model, Diagnostics& diagnostics);

/// The same of a mapping file that `request` asks for.
std::optional<PublicTable> read_table_file(std::string const& path, std::vector<Override> const& overrides,
                                           Model const* model, Request const& request, Diagnostics& diagnostics);

/// A mapping to begin with, of a table that nobody has mapped: every dimension with its codes and names, and what they
/// look like. YAML.
std::string draft_mapping(std::string const& table, Request const& request, Diagnostics& diagnostics);

// A table as text: one row a line with its labels, then `count` (empty unless it is known), `low`, `high` and `sign`.
std::string to_csv(PublicTable const& table);
/// For people: what was read, and the first rows.
std::string to_text(PublicTable const& table);

}  // namespace utvei
