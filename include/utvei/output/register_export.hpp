// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/results/result.hpp>

#include <string>

namespace utvei {

/// Texts of the files of a register, as docs/formats/study.md has them. Times are whole minutes since 1970, so nothing
/// of the simulation is lost.
struct RegisterFiles {
  std::string persons;  ///< persons.csv
  std::string spells;   ///< spells.csv
  std::string study;    ///< study.yaml
};

/// The life courses of a result as a register: whoever reads it counts the events and the person-time that the result
/// has. `model` and `rates` are those of the run: the study estimates by what tells the rates apart. `model_path`: as
/// the study names it. Throws InputError (data) if the result has no life courses, or does not say whose they are.
RegisterFiles register_of(RunResult const& result, Model const& model, Rates const& rates,
                          std::string const& model_path);

/// Whether a folder has files of these names, and whether they are as register_of wrote them.
enum class RegisterFolder { empty, written_by_export, of_somebody_else };
RegisterFolder look_at_register_folder(std::string const& folder);

}  // namespace utvei
