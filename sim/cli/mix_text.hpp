// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/mix.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// In nb, nn or en. `data_class`: of the scenario, which what is printed says.
std::string mix_text(MixDesign const& design, Scenario const& scenario, MixReport const& report,
                     std::string_view data_class, std::string_view language);
std::string dimension_text(MixDesign const& design, Scenario const& scenario, DimensionReport const& report,
                           std::string_view data_class, std::string_view language);
std::string mix_json(MixDesign const& design, MixReport const& report, std::string_view data_class);
std::string dimension_json(MixDesign const& design, DimensionReport const& report, std::string_view data_class);

}  // namespace utvei
