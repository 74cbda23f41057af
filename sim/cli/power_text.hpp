// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/power.hpp>
#include <utvei/results/evidence.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// In nb, nn or en. `evidence`: behind the effects of the measure that is studied.
std::string power_text(StudyDesign const& design, PowerReport const& report, MeasureEvidence const& evidence,
                       std::string_view data_class, std::string_view language);
std::string power_json(StudyDesign const& design, PowerReport const& report, std::string_view data_class);

}  // namespace utvei
