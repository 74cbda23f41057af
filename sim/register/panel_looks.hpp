// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/delimited.hpp>
#include <utvei/register/panel.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// One row of a panel: a person was seen in a state.
struct Look {
  PersonRow person;
  double time;
  StateId state;
  bool exact;          ///< the state before was held until this very moment
  std::size_t number;  ///< of the look in the order of the file: its place in `PanelLooks::values`
  std::int64_t row;    ///< of the file, counted from 1
  int line;
};

/// The rows of a panel file, in its order.
struct PanelLooks {
  std::optional<DelimitedFile> file;
  std::size_t time_column{0};
  std::size_t state_column{0};
  std::vector<Look> looks;
  std::vector<std::string> persons;  ///< by PersonRow: how the data name them
  /// By place in PersonsSpec::traits, then look: number of the level or the number itself; NaN: not known.
  std::vector<std::vector<double>> values;
  std::int64_t rows{0};
};

/// Reads the panel file, and the persons file where there is one.
PanelLooks read_panel_looks(Study const& study, Diagnostics& diagnostics);

}  // namespace utvei
