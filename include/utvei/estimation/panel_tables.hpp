// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/panel_fit.hpp>
#include <utvei/estimation/tables.hpp>

#include <string>

namespace utvei {

/// `--coefficients`: from,to,term,estimate,se on the log scale; a shared coefficient has a line for each transition.
TextTable coefficients_table(PanelFit const& fit, Model const& model);

/// `--intensities`: from,to,region,rate_per_year,se,low_95,high_95, as PanelIntensity averages them; region is empty.
TextTable intensities_table(PanelFit const& fit, Model const& model);

/// `--summary`: JSON.
std::string summary_json(PanelFit const& fit, Panel const& panel, Model const& model);
/// What the command prints: a short report for people.
std::string summary_text(PanelFit const& fit, Panel const& panel, Model const& model);

}  // namespace utvei
