// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>

#include <string_view>

namespace utvei {

/// Reads `age=25,region="42",year=2025,sex=female,time_in_state=90 days`: for whom and when a rate is asked for. Throws
/// InputError (usage) with all that cannot be read.
Cell read_cell(std::string_view text, Model const& model);

}  // namespace utvei
