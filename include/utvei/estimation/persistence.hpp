// SPDX-License-Identifier: Apache-2.0
// Persistence beyond the model: how many are still in the same spell of a state later, in the data and by a fit.
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/tables.hpp>
#include <utvei/register/life_courses.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// When spells are looked at, in years of 365.25 days since the state was entered.
inline constexpr std::array persistence_years{1, 2, 3};

/// The share of spells of a state that go on for longer than `years`.
struct Persistence {
  StateId state;
  int years{1};
  std::int64_t spells{0};   ///< that were looked at, with those that began before they were seen
  std::int64_t at_risk{0};  ///< seen to last so long
  /// Kaplan & Meier's estimate and Greenwood's standard error; none where nobody was followed for so long.
  std::optional<double> data, se;
  std::optional<double> model;  ///< the same share by the fitted intensities of one class, limits and age ends
  std::optional<double> z;      ///< (data − model) / se; that the fit saw the same spells makes it smaller
};

/// Which way the data stand out: `longer`, `shorter` than the model has it, or nothing. |z| of large_z or more.
std::string_view flag_of(Persistence const& line);

/// By state that can be left and has spells, then year. Spells whose entry is not known are left out, and so is time
/// whose intensity is not known (region or trait unknown, before the first band). `axes`: of the fit. The same bytes
/// for any number of threads.
std::vector<Persistence> persistence(LifeCourses const& lives, Model const& model, std::vector<CellAxis> const& axes,
                                     Fit const& fit, EstimateOptions const& options, std::size_t threads,
                                     StopFlag const* stop);

/// `--persistence`: state,years,spells,at_risk,data,se,model,difference,z,flag.
TextTable persistence_table(std::vector<Persistence> const& lines, Model const& model);
/// The same as a JSON array; `least` as for people.
std::string persistence_json(std::vector<Persistence> const& lines, Model const& model, std::int64_t least);
/// For people. `least`: lines of fewer spells at risk, or that went on, are not shown.
std::string describe_persistence(std::vector<Persistence> const& lines, Model const& model, std::int64_t least);

}  // namespace utvei
