// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/occupation.hpp>

#include <string>
#include <vector>

namespace utvei {

/// Rows of text under a header; writing it is the business of output.
struct TextTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};
/// Comma-separated, fields quoted where they need it, LF.
std::string to_csv(TextTable const& table);

/// `--exposure`: from,to,<cell columns>,events,person_years; a line for each transition and cell with person-time.
TextTable exposure_table(Exposure const& exposure, Model const& model);

/// `--intensities`: from,to,region,rate_per_year,se,low_95,high_95: the person-time-weighted mean rate of each region,
/// that is all events over all person-time; region is empty where rates are not by region.
TextTable intensities_table(Exposure const& exposure, Model const& model);

/// `--occupation`: group,start_time,start_state,time,state,probability,se; times are written as the study writes them.
TextTable occupation_table(std::vector<OccupationCurve> const& curves, Model const& model, TimeScale const& scale);

/// `--summary`: JSON.
std::string summary_json(Fit const& fit, Model const& model);
/// What the command prints: a short report for people.
std::string summary_text(Fit const& fit, Model const& model);

}  // namespace utvei
