// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/results/result.hpp>

#include <string>

namespace utvei {

/// The first line of a study that an export has made.
inline constexpr auto made_by_export = "# Made by `utvei export --as register`: simulated people, read as a register.";

/// The study that reads persons.csv and spells.csv, and estimates by what tells the rates apart.
/// `birth_column`: where the time of birth stands; empty: nowhere.
std::string study_of(RunResult const& result, Model const& model, Rates const& rates, std::string const& model_path,
                     std::string const& birth_column);

}  // namespace utvei
