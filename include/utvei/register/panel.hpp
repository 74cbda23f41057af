// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/register/study.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What is known of the end of an interval between two looks at a person.
enum class PanelEnd {
  snapshot,     ///< the state at `stop`; what happened since `start` was not seen
  exact,        ///< `from` was held until `stop`, when it changed to `to` (or was still held)
  exact_entry,  ///< `to` was entered at `stop`; from which state was not seen: a death, say
};

/// Two looks at one person that follow each other.
struct PanelInterval {
  double start{0};  ///< in the unit of the panel, as written
  double stop{0};   ///< after `start`
  StateId from;
  StateId to;
  PanelEnd end{PanelEnd::snapshot};
};

/// What became of the rows of a panel.
struct PanelCounts {
  std::int64_t rows{0};             ///< read
  std::int64_t outside_window{0};   ///< looks before or after the window
  std::int64_t repeated{0};         ///< looks that another row says the same of
  std::int64_t after_absorbing{0};  ///< looks at somebody who was seen in an absorbing state before
  std::int64_t persons_seen_once{0};
};

/// People who are looked at now and then.
struct Panel {
  std::size_t persons{0};
  double unit_years{1};                  ///< years in the unit of the times
  std::vector<PanelInterval> intervals;  ///< by person, then time
  /// By trait, then interval: what was seen at its start, and holds until its stop. The number of the level, or the
  /// number itself; NaN: not known. Empty for a trait without a column.
  Column<TraitId, std::vector<double>> traits;
  std::string data_class{"register"};
  PanelCounts counts;
  std::vector<std::string> inputs;  ///< every file that was read
};

/// Reads the panel of a study. Rows may stand in any order. Wrong rows, and changes that the model's transitions cannot
/// make, are errors at their file:line:column; of each kind the first few are reported and the rest counted.
Panel read_panel(Study const& study, Diagnostics& diagnostics);

/// A moment as a panel has it, in double: a number of the study's unit as it is written, or days since 1970 of a date;
/// nullopt if it is neither.
std::optional<double> parse_panel_time(std::string_view text, TimeScale const& scale, char separator = ',');
/// Where it lies on the calendar; meaningless unless `scale.has_calendar()`.
Instant panel_instant(double time, TimeScale const& scale);

/// One paragraph for people: rows read and dropped, with reasons.
std::string describe(PanelCounts const& counts);

}  // namespace utvei
