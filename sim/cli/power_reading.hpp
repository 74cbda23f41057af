// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/power.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace utvei {

/// False alarms beyond luck, and by so much that it matters.
bool is_loose(StudySize const& size, StudyDesign const& design);
/// Whether the test of a study about as large as `enough` holds; if not, the number is worth nothing.
bool does_enough_hold(StudyDesign const& design, PowerReport const& report);
/// All people of the studies, and of the one that is enough, of which the scenario does not have so many.
std::vector<std::uint32_t> totals_beyond(StudyDesign const& design, PowerReport const& report);
/// A count of people of the scenario; nothing if it must not be told.
std::optional<double> told_count(double count, std::string_view data_class);

}  // namespace utvei
