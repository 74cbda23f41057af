// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>

#include <string>

#include <nlohmann/json.hpp>

namespace utvei {

/// What the summary says of two classes of people: lines for people, "" if none were asked for.
std::string describe_frailty(Fit const& fit, Model const& model);
/// Of a fit that has them.
nlohmann::ordered_json frailty_json(Fit const& fit, Model const& model);
/// Lines of `--coefficients`: `class=2` and `share(class=2)` of each transition.
std::vector<Coefficient> frailty_coefficients(Fit const& fit);

}  // namespace utvei
