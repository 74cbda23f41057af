// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/delimited.hpp>
#include <utvei/model/model.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// The columns of a table that say for whom a line is: region, and traits by name. An empty cell is everywhere, any.
class SelectorColumns {
 public:
  /// Diagnoses a region column where the model has no regions, and columns of numeric traits.
  SelectorColumns(DelimitedFile const& file, Model const& model, Diagnostics& diagnostics);

  struct Selection {
    std::optional<RegionId> region;
    std::vector<std::optional<std::uint32_t>> traits;  ///< by TraitId; empty if the table has no trait
  };
  /// nullopt after a diagnosis.
  [[nodiscard]] std::optional<Selection> read(DelimitedFile::Row const& row, Diagnostics& diagnostics) const;

  /// Diagnoses columns that are neither selectors nor among `known`.
  void refuse_others(std::vector<std::string> known, Diagnostics& diagnostics) const;

 private:
  [[nodiscard]] std::optional<RegionId> read_region(DelimitedFile::Row const& row, Diagnostics& diagnostics) const;

  DelimitedFile const& file_;
  Model const& model_;
  std::optional<std::size_t> region_;
  std::vector<std::pair<std::size_t, TraitId>> traits_;
};

/// What a field of the column `data_class` says; nullopt after a diagnosis.
std::optional<std::string> read_data_class(DelimitedFile::Row const& row, std::size_t column, Diagnostics& diagnostics);

}  // namespace utvei
