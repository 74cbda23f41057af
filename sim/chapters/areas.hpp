// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/contents.hpp>

#include <cstdint>
#include <string_view>

namespace utvei {

/// The regions in which somebody of the results lives, and those above them, if they are more than one of these. What
/// lies above what the model says; where it is not known, the county by the first two digits of a Norwegian code.
std::vector<ReportArea> areas_of(ReportMaterial const& material);

/// Whether people are counted in it, and it does not lie above such places.
bool is_place(ReportArea const& area);

/// Of fewer people nothing is told of a place by itself.
inline constexpr double fewest_of_a_place = 30;

/// Why a place has no number of its own: fewer people of the group than fewest_of_a_place on average in the baseline,
/// or an 80 % interval of the difference that is wider than the difference.
enum class Untold : std::uint8_t { none, few, uncertain };
Untold why_untold(GroupRow const& found, double years);
/// `few`, `uncertain`; empty: it has one.
std::string_view name_of(Untold why);

/// Regions, and those above them, of which a scenario's number in a group can be told, over the whole run.
std::vector<GroupRow> told_places(Contents const& contents, std::size_t scenario, std::string const& group);

/// Places with enough people in the main group in the baseline, by code.
std::vector<std::string> places_with_enough(Contents const& contents);

/// The nearest place above one (or itself) whose number can be told, by code; empty: none.
std::string place_to_tell(Contents const& contents, std::string const& code,
                          std::map<std::string, GroupRow const*> const& by_area, double years);

}  // namespace utvei
