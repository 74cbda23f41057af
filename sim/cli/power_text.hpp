// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/power.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// In nb, nn or en.
std::string power_text(StudyDesign const& design, PowerReport const& report, std::string_view data_class,
                       std::string_view language);
std::string power_json(StudyDesign const& design, PowerReport const& report, std::string_view data_class);

}  // namespace utvei
