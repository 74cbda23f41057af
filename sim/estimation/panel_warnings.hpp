// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/panel_fit.hpp>

namespace utvei {

/// Adds the median interval to a fit, and warnings: of stays that are short beside it, with what they hide; of looks
/// that no Markov process gives; of rules of the model; of numbers, which rate files do not know.
void warn_of_what_looks_hide(Panel const& panel, Model const& model, PanelFit& fit);

}  // namespace utvei
