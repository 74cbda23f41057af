// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "value_path.hpp"

#include <utvei/report/text.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace utvei {

/// How the page shows a lever and what may be typed: a date is an ISO date, a duration a number of its unit.
enum class LeverKind : std::uint8_t { integer, number, share, ratio, date, duration };
std::string_view name_of(LeverKind kind);

/// A number, or a date as text.
using LeverValue = std::variant<double, std::string>;

/// Something of a scenario file that the page lets people move.
struct StudioLever {
  std::string id;       ///< the path that --set would take; of items without names their place in the list
  std::string measure;  ///< groups levers on the page
  ReportText group, label;
  ReportText help{}, unit{}, unit_of_one{};  ///< empty: there is none
  LeverKind kind{LeverKind::number};
  LeverValue value{0.0}, min{0.0}, max{1.0};
  double step{1};
  std::string of{};                  ///< places, start, uptake, effect, waiting
  std::string evidence{};            ///< assumed, low, moderate, high; empty: nothing is said of it
  std::vector<ValuePath> targets{};  ///< what it moves: alike, if it is more than one
};

/// The key `label` of a scenario or a measure, in three languages; without it the name.
ReportText label_written_in(Value const& item, std::string const& name);

/// What can be moved of a scenario: places, when measures begin, who accepts, effects, how soon people are found, and
/// changes. `baseline`: what both have is no lever among the changes.
std::vector<StudioLever> levers_of(Value const& document, Value const& baseline, Scenario const& scenario);

/// What is wrong with a value for a lever; empty: nothing.
ReportText fault_of(StudioLever const& lever, LeverValue const& value);

/// Moves a lever in a document. What is drawn from an interval moves with its interval: ratios and times by a factor,
/// shares by a difference of logits.
void move_lever(Value& document, StudioLever const& lever, LeverValue const& value);

}  // namespace utvei
