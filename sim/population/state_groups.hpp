// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/model/model.hpp>
#include <utvei/population/people_groups.hpp>

#include <optional>

namespace utvei {

/// Reads `{status: {employed: [work, sick_leave], unemployed: unemployed}}`. Unknown states, and a state in two groups,
/// are diagnosed.
std::optional<StateGroups> read_state_groups(Value const& value, Model const& model, Diagnostics& diagnostics);

}  // namespace utvei
