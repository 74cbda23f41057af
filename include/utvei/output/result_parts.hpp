// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace utvei {

/// As load_result(), without tables by group, which are most of a large result, and without life courses. Throws as it
/// does, here and below.
RunResult load_sums(std::string const& path);

/// Adds the tables by group whose sums, the tables of the same names, are chosen.
void load_groups(std::string const& path, RunResult& result, std::function<bool(Table const&)> const& choose);

/// Adds the life courses, where the file has them.
void load_lives(std::string const& path, RunResult& result);

/// What a table by group holds of one draw, without the dimension `draw`; none: there is no such table.
std::optional<Table> load_groups_of_draw(std::string const& path, std::string const& table, std::size_t draw);

/// That, of one file.
inline auto groups_by_draw_of(std::string const& path) {
  return [path](std::string const& table, std::size_t draw) { return load_groups_of_draw(path, table, draw); };
}

}  // namespace utvei
