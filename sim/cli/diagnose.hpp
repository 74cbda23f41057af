// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "estimate.hpp"

#include <utvei/estimation/expected.hpp>
#include <utvei/estimation/persistence.hpp>
#include <utvei/register/study.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Where a fit and the data part; only what was asked for.
struct FitDiagnosis {
  std::optional<std::vector<ExpectedTerm>> expected;
  std::optional<std::vector<Persistence>> persistence;
};

/// Throws InputError (wrong usage) where what was asked for needs life courses and the study has counts, or people who
/// are seen at dates.
void check_diagnosis_possible(EstimateArguments const& arguments, Study const& study);

/// `lives`: empty where the study gives counts; then there is no persistence, and no thing that the counts lack.
FitDiagnosis diagnose(EstimateArguments const& arguments, LifeCourses const& lives, Exposure const& exposure,
                      Fit const& fit, Model const& model, EstimateOptions const& options, Session& session);

/// Writes the files, with the permissions `mode`.
void write_diagnosis(EstimateArguments const& arguments, FitDiagnosis const& diagnosis, Model const& model,
                     unsigned mode, Session& session);

/// The summary of the fit with what --diagnose adds to it, in the format of the arguments.
std::string with_diagnosis(std::string summary, EstimateArguments const& arguments, FitDiagnosis const& diagnosis,
                           Model const& model, std::string const& data_class);

}  // namespace utvei
