// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>

#include <string>

#include <nlohmann/json.hpp>

namespace utvei {

/// What the summary says of limits: lines for people, "" if none are estimated.
std::string describe_limits(Fit const& fit, Model const& model);
nlohmann::ordered_json limits_json(Fit const& fit, Model const& model);

}  // namespace utvei
