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

/// `--coefficients`: from,to,term,estimate,se on the log scale, and the sds of region effects; se is empty for what was
/// fixed. No line under raw rates.
TextTable coefficients_table(Fit const& fit, Model const& model);

/// `--regions`: from,to,region,events,expected,raw_ratio,ratio,low_95,high_95,borrowed. raw_ratio is empty where
/// nothing is expected. No line unless regions are pooled or nested.
TextTable regions_table(Fit const& fit, Model const& model);

/// `--limits`: state,region,to,reached,left_to,share_raw,share,low_95,high_95,borrowed,after; `to` is `stay` for those
/// who stay. share_raw is empty where nobody of the region came to the limit.
TextTable limits_table(Fit const& fit, Model const& model);

/// `--occupation`: group,start_time,start_state,time,state,probability,se; times are written as the study writes them.
TextTable occupation_table(std::vector<OccupationCurve> const& curves, Model const& model, TimeScale const& scale);

/// `--summary`: JSON.
std::string summary_json(Fit const& fit, Model const& model);
/// What the command prints: a short report for people.
std::string summary_text(Fit const& fit, Model const& model);

}  // namespace utvei
