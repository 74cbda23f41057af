// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crosswalk.hpp"
#include "cube.hpp"

#include <utvei/model/model.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace utvei {

enum class Fate { kept, dropped, total };

/// A dimension in the words of the model: what becomes of each of its categories.
struct TableAxis {
  std::optional<TableColumn> column;  ///< none: the dimension disappears
  std::vector<Fate> fates;            ///< by category
  std::vector<std::uint32_t> labels;  ///< by category: its position among the labels, where it is kept
};

/// What the words of the model are.
struct Vocabulary {
  Model const* model{nullptr};
  Crosswalk crosswalk;

  [[nodiscard]] Regions const* regions() const {
    return model == nullptr || model->regions.empty() ? nullptr : &model->regions;
  }
};

/// `mapped`: nullptr if the mapping says nothing of the dimension. Values that nothing places, words that the model
/// does not have, and labels that hold each other are diagnosed.
TableAxis read_axis(CubeDimension const& dimension, ColumnMapping const* mapped, Mapping const& mapping,
                    Vocabulary const& vocabulary, Diagnostics& diagnostics);

/// Labels that lie in each other would be counted twice.
void check_overlaps(TableAxis const& axis, ColumnMapping const& mapped, Vocabulary const& vocabulary,
                    Diagnostics& diagnostics);

}  // namespace utvei
