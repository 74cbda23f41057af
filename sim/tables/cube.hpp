// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping.hpp"

#include <utvei/document/value.hpp>
#include <utvei/tables/public_table.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// A value that a dimension takes, as the table calls it. A sheet has one text, which is both.
struct Category {
  std::string code;
  std::string label;
  Place place;
};

/// Whether this is the category that somebody called `text`: by its code, its label, or the code that its text begins
/// with (`0000 Alle husholdninger`, `1 - Menn`).
bool is_called(Category const& category, std::string_view text);
/// `0`, or `0` (Hele landet).
std::string shown(Category const& category);

enum class Measured { persons_or_places, contents };

struct CubeDimension {
  std::string name;
  std::string label;
  Measured measured{Measured::persons_or_places};  ///< contents: its categories are different quantities
  std::vector<Category> categories;
  Place place;
};

/// A number of the file, before any rule for small counts.
struct CubeCell {
  double number{0};
  Sign sign{Sign::none};
  Place place;
};

/// A table in the words of its own file.
struct Cube {
  std::string title;
  std::vector<CubeDimension> dimensions;
  std::vector<std::uint32_t> positions;  ///< of a cell's category in each dimension, cell by cell
  std::vector<CubeCell> cells;
};

/// More would not be a table that somebody saved from a web page.
inline constexpr std::size_t most_cells = 20'000'000;

/// Of a JSON-stat file (json-stat.org/full, version 2.0, and a dataset in a bundle of version 1).
std::optional<Cube> read_json_stat(Value const& root, Mapping const& mapping, Fault fault, Diagnostics& diagnostics);
/// Of a sheet saved as CSV.
std::optional<Cube> read_csv_cube(std::shared_ptr<SourceText const> source, Mapping const& mapping, Fault fault,
                                  Diagnostics& diagnostics);

}  // namespace utvei
